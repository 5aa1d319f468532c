import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import type { Comparison, PopulationRegister } from '../register/population-register.ts';
import { type BatchCounts, type Candidate, issueBatch, residentIdOf } from './issue-batch.ts';

type Run = { id: string; lo: string; hi: string; reached: string | null };

const batchSize = 200;

const candidatesOf = async (tx: Tx, run: Run): Promise<Candidate[]> => {
  const rows = await query<Omit<Candidate, 'place'> & { place: string }>(
    tx,
    `select p.person_id as person, p.place, p.province, coalesce(s.fact ->> 'county', s.authority, p.province) as region, p.school, p.name,
            to_char(p.birth_date, 'YYYY-MM-DD') as "birthDate", p.document_type as "documentType",
            d.sealed, p.version, (select max(n.ordinal) from student_number n where n.person_id = p.person_id) as ordinal
     from person p
     left join school_ref s on s.code = p.school
     left join identity_document d on d.person_id = p.person_id and d.valid_to is null
     where p.number_kind = 'L_TEMPORARY' and p.registered and p.approved and p.place between $1 and $2
       and ($3::uuid is null or p.person_id > $3)
     order by p.person_id limit $4`,
    [run.lo, run.hi, run.reached, batchSize],
  );
  return rows.map((row) => ({ ...row, place: Number(row.place) }));
};

const compareAll = async (
  core: ServiceCore,
  register: PopulationRegister,
  candidates: readonly Candidate[],
): Promise<Map<string, Comparison>> => {
  const comparable = candidates.flatMap((candidate) => {
    const idNumber = residentIdOf(candidate, core.sealing);
    return idNumber === undefined
      ? []
      : [{ ref: candidate.person, idNumber, name: candidate.name, birthDate: candidate.birthDate }];
  });
  return comparable.length === 0 ? new Map() : register.compare(comparable);
};

const keepProgress = (
  tx: Tx,
  run: Run,
  reached: string,
  examined: number,
  counts: BatchCounts,
): Promise<number> =>
  execute(
    tx,
    `update issue_run set reached = $2, examined = examined + $3, issued_g = issued_g + $4, issued_j = issued_j + $5,
       problems = problems + $6, postponed = postponed + $7 where id = $1`,
    [run.id, reached, examined, counts.issuedG, counts.issuedJ, counts.problems, counts.postponed],
  );

/** True where nobody of a batch has changed since it was read and compared; they are held until the transaction ends. */
const areAsRead = async (tx: Tx, candidates: readonly Candidate[]): Promise<boolean> => {
  const rows = await query<{ person_id: string; version: number }>(
    tx,
    'select person_id, version from person where person_id = any($1::uuid[]) order by person_id for update',
    [candidates.map(({ person }) => person)],
  );
  const versions = new Map(rows.map((row) => [row.person_id, row.version]));
  return candidates.every(({ person, version }) => versions.get(person) === version);
};

/** One batch of the running issue: read, compare with the register, then decide and write in one transaction. */
const issueStep = async (core: ServiceCore, register: PopulationRegister): Promise<boolean> => {
  const found = await asWorker(core.worker, async (tx) => {
    const [run] = await query<Run>(
      tx,
      `select id, lo, hi, reached from issue_run where state = 'RUNNING' order by started_at limit 1`,
    );
    return run && { run, candidates: await candidatesOf(tx, run) };
  });
  if (found === undefined) return false;
  const { run, candidates } = found;
  const last = candidates.at(-1);
  if (last === undefined) {
    await asWorker(core.worker, (tx) =>
      execute(tx, `update issue_run set state = 'DONE', finished_at = $2 where id = $1`, [
        run.id,
        core.clock.now(),
      ]),
    );
    return true;
  }
  const compared = await compareAll(core, register, candidates);
  const calendar = workingDayCalendar(await core.directory.workingDays());
  await asWorker(core.worker, async (tx) => {
    const [still] = await query<{ reached: string | null }>(
      tx,
      'select reached from issue_run where id = $1 for update',
      [run.id],
    );
    if (still === undefined || still.reached !== run.reached) return;
    if (!(await areAsRead(tx, candidates))) return;
    const counts = await issueBatch(
      { tx, at: core.clock.now(), runId: run.id, sealing: core.sealing, calendar },
      candidates,
      compared,
    );
    await keepProgress(tx, run, last.person, candidates.length, counts);
  });
  core.wakeRelay();
  return true;
};

/** Works off the yearly issue in the background; a register out of service only delays it. */
export const startIssueWorker = (core: ServiceCore, register: PopulationRegister): Loop =>
  until({ name: 'number issue', log: core.log, idle: 500, step: () => issueStep(core, register) });
