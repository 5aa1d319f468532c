import type { Finding } from '#libs/law/finding.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type FormOutcome, registerAll } from '../registration/register.ts';
import type { JudgedRow } from './judge-rows.ts';
import { type GoodRow, keyOfRow, type RegisteringJob, type RowOutcome } from './registering-job.ts';
import { rehearse } from './rehearse-rows.ts';
import { problemOf, type RowResult, type RowVerdict } from './row-verdict.ts';

const isGood = (row: JudgedRow): row is GoodRow => row.ok;

/** Registers the good rows of a batch, or in a dry run only looks what would become of them; the verdict on every row. */
export const registerRows = async (
  core: ServiceCore,
  job: RegisteringJob,
  rows: readonly JudgedRow[],
): Promise<RowVerdict[]> => {
  const good = rows.filter(isGood);
  const outcomes =
    job.seen === null ? await register(core, job, good) : await rehearse(core, job, job.seen, good);
  return rows.map(({ row, warnings, ...judged }): RowVerdict => {
    if (!judged.ok) return { row, result: 'REFUSED', problems: judged.problems, warnings };
    const outcome = outcomes.get(row);
    if (outcome === undefined) throw new Error('A row of an import came to nothing');
    return { row, ...outcome, warnings: [...warnings, ...outcome.warnings] };
  });
};

const register = async (
  core: ServiceCore,
  job: RegisteringJob,
  rows: readonly GoodRow[],
): Promise<Map<number, RowOutcome>> => {
  if (rows.length === 0) return new Map();
  const keyed = rows.map((row) => ({ row, contentKey: keyOfRow(core, job, row) }));
  const outcomes = await registerAll(
    core,
    job.scope,
    keyed.map(({ row: { row, handed, facts }, contentKey }) => ({
      contentKey,
      form: handed.form,
      facts,
      school: handed.school,
      by: job.by,
      at: handed.now,
      job: { id: job.id, row },
    })),
  );
  const byKey = new Map(outcomes.map((outcome) => [outcome.contentKey, outcome]));
  const first = new Map(
    keyed.toReversed().map(({ row, contentKey }) => [contentKey.toString('hex'), row.row]),
  );
  return new Map(
    keyed.flatMap(({ row, contentKey }) => {
      const key = contentKey.toString('hex');
      const outcome = byKey.get(key);
      return outcome === undefined
        ? []
        : [[row.row, rowOutcome(outcome, job.id, row, first.get(key))] as const];
    }),
  );
};

const rowOutcome = (
  outcome: FormOutcome,
  job: string,
  { row, facts }: GoodRow,
  firstOfContent: number | undefined,
): RowOutcome => {
  if (outcome.person === null) {
    const problems = outcome.findings.map(problemOf);
    return { result: 'REFUSED', problems, warnings: [], intake: outcome.intake };
  }
  const result = resultOf(outcome, job, row, firstOfContent);
  const isTold = (finding: Finding) => facts.held.some(({ message }) => message === finding.message);
  const more = result === 'NEW' ? outcome.findings.filter((finding) => !isTold(finding)) : [];
  return { result, problems: [], warnings: more.map(problemOf) };
};

/**
 * New is a pupil whom this row brought in, also where a crash came between and the row is met again; or whose intake
 * another request had left open.
 */
const resultOf = (
  { openedBy, wasRegistered }: FormOutcome,
  job: string,
  row: number,
  firstOfContent: number | undefined,
): RowResult => {
  if (openedBy?.job === job) return openedBy.row === row ? 'NEW' : 'ALREADY';
  return !wasRegistered && firstOfContent === row ? 'NEW' : 'ALREADY';
};
