import type { Scope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { contentKeyOf } from '../registration/content-key.ts';
import { registerAll } from '../registration/register.ts';
import { searchDuplicates } from '../registration/search-duplicates.ts';
import type { JudgedRow } from './judge-rows.ts';
import { problemOf, type RowVerdict } from './row-verdict.ts';

type GoodRow = Extract<JudgedRow, { ok: true }>;

export type RegisteringJob = { id: string; by: string; entryYear: number; dryRun: boolean; scope: Scope };

const isGood = (row: JudgedRow): row is GoodRow => row.ok;

/** Registers the good rows of a batch, or in a dry run only searches for them; returns the verdict on every row. */
export const registerRows = async (
  core: ServiceCore,
  job: RegisteringJob,
  rows: readonly JudgedRow[],
): Promise<RowVerdict[]> => {
  const good = rows.filter(isGood);
  const refused = job.dryRun ? await search(core, good) : await register(core, job, good);
  return rows.map(
    (row): RowVerdict => ({
      row: row.row,
      problems: row.ok ? (refused.get(row.row) ?? []) : row.problems,
    }),
  );
};

type Refusals = Map<number, RowVerdict['problems']>;

const search = async (core: ServiceCore, rows: readonly GoodRow[]): Promise<Refusals> => {
  const findings = await searchDuplicates(
    core,
    rows.map((row) => row.handed),
  );
  return new Map(rows.map((row, index) => [row.row, (findings[index] ?? []).map(problemOf)]));
};

const register = async (
  core: ServiceCore,
  job: RegisteringJob,
  rows: readonly GoodRow[],
): Promise<Refusals> => {
  if (rows.length === 0) return new Map();
  const keys = new Map<string, number>();
  const forms = rows.map(({ row, handed, facts }) => {
    const contentKey = contentKeyOf(core.sealing, handed.school.code, handed.form, job.entryYear);
    keys.set(contentKey.toString('hex'), row);
    return {
      contentKey,
      form: handed.form,
      facts,
      school: handed.school,
      by: job.by,
      at: handed.now,
      job: { id: job.id, row },
    };
  });
  const outcomes = await registerAll(core, job.scope, forms);
  return new Map(
    outcomes.flatMap((outcome) => {
      const row = keys.get(outcome.contentKey);
      return row === undefined || outcome.person !== null
        ? []
        : [[row, outcome.findings.map(problemOf)] as const];
    }),
  );
};
