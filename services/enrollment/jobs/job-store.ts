import { ImportFinished } from '#libs/contracts/events/enrollment.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { FileNote } from '../import/reading/table.ts';
import type { RowTold } from '../import/report/problem-text.ts';
import type { FileStatement } from '../overseas/statement.ts';
import type { RowVerdict } from './row-verdict.ts';

/** A job as the worker holds it. */
export type HeldJob = {
  job_id: string;
  school: string;
  place: string;
  province: string;
  upload_id: string;
  dry_run: boolean;
  entry_year: number;
  statement: FileStatement | null;
  started_by: string;
  started_at: Date;
  reached: number;
};

const leaseFor = 10_000;

/** Leases run on the machine's clock, not on business time: they tell a dead worker from a slow one. */
const leaseEnd = (): string => new Date(Date.now() + leaseFor).toISOString();

/** Takes the oldest job that nobody works on; a dead worker's lease runs out by itself. */
export const holdJob = (core: ServiceCore): Promise<HeldJob | undefined> =>
  asWorker(core.worker, async (tx) => {
    const [job] = await query<HeldJob>(
      tx,
      `update import_job set state = case when state = 'WAITING' then 'READING' else state end,
         lease_until = $1, version = version + 1
       where job_id = (select job_id from import_job
         where state in ('WAITING', 'READING', 'REGISTERING') and (lease_until is null or lease_until < $2)
         order by started_at limit 1 for update skip locked)
       returning *`,
      [leaseEnd(), new Date().toISOString()],
    );
    return job;
  });

/**
 * Renews the lease of a job for as long as this worker has it, however long its file takes to read; the result ends
 * that and lets others take the job at once. Failing to renew is no harm: what is kept is guarded by how far it came.
 */
export const renewLease = (core: ServiceCore, { job_id }: HeldJob): (() => Promise<void>) => {
  const set = (until: string | null) =>
    asWorker(core.worker, (tx) =>
      execute(
        tx,
        `update import_job set lease_until = $2
         where job_id = $1 and state in ('WAITING', 'READING', 'REGISTERING')`,
        [job_id, until],
      ),
    ).catch(() => 0);
  let renewing: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    renewing = set(leaseEnd());
  }, leaseFor / 4);
  return async () => {
    clearInterval(timer);
    await renewing;
    await set(null);
  };
};

const tell = (core: ServiceCore, job: string, state: string): void =>
  core.bus.signal(`import.${job}`, { job, state });

/** The file was read through: how many rows there are, and what is to be told of it as a whole. */
export const keepTotal = async (
  core: ServiceCore,
  job: HeldJob,
  total: number,
  notes: readonly FileNote[],
): Promise<void> => {
  await asWorker(core.worker, (tx) =>
    execute(
      tx,
      `update import_job set state = 'REGISTERING', total = $2, notes = $3::jsonb, version = version + 1
       where job_id = $1`,
      [job.job_id, total, JSON.stringify(notes)],
    ),
  );
  tell(core, job.job_id, 'REGISTERING');
};

/** Keeps the verdicts of one batch and how far the job has come, in one transaction. */
export const keepBatch = async (
  core: ServiceCore,
  job: HeldJob,
  verdicts: readonly RowVerdict[],
): Promise<void> => {
  const { refused, already, fresh, held, warned } = countsOf(verdicts);
  const told = verdicts.filter(({ problems, warnings }) => problems.length + warnings.length > 0);
  const last = Math.max(...verdicts.map(({ row }) => row));
  await asWorker(core.worker, async (tx) => {
    await insertRows(
      tx,
      'import_row',
      [
        ['job_id', 'uuid'],
        ['row_no', 'int'],
        ['place', 'bigint'],
        ['refused', 'boolean'],
        ['problems', 'jsonb'],
        ['warnings', 'jsonb'],
        ['intake_id', 'uuid'],
      ],
      told.map(({ row, result, problems, warnings, intake }) => [
        job.job_id,
        row,
        job.place,
        result === 'REFUSED',
        JSON.stringify(problems),
        JSON.stringify(warnings),
        intake ?? null,
      ]),
      `on conflict (job_id, row_no) do update
       set refused = excluded.refused, problems = excluded.problems, warnings = excluded.warnings,
         intake_id = excluded.intake_id`,
    );
    await execute(
      tx,
      `update import_job set read = read + $2, good = good + $3, registered = registered + $4,
         already = already + $5, held = held + $6, warned = warned + $7, bad = bad + $8,
         reached = $9, lease_until = $10, version = version + 1
       where job_id = $1 and reached < $9`,
      [
        job.job_id,
        verdicts.length,
        fresh + already,
        job.dry_run ? 0 : fresh,
        already,
        held,
        warned,
        refused,
        last,
        leaseEnd(),
      ],
    );
  });
  tell(core, job.job_id, 'REGISTERING');
};

const countsOf = (verdicts: readonly RowVerdict[]) => {
  const count = (is: (verdict: RowVerdict) => boolean) => verdicts.filter(is).length;
  const isHeld = ({ warnings }: RowVerdict) => warnings.some(({ outcome }) => outcome === 'HOLD');
  return {
    fresh: count(({ result }) => result === 'NEW'),
    already: count(({ result }) => result === 'ALREADY'),
    refused: count(({ result }) => result === 'REFUSED'),
    held: count((verdict) => verdict.result === 'NEW' && isHeld(verdict)),
    warned: count(({ warnings }) => warnings.length > 0),
  };
};

/** What is told about the refused rows of a job, by their number. */
export const toldOfRefused = (core: ServiceCore, job: string): Promise<Map<number, RowTold>> =>
  asWorker(core.worker, async (tx) => {
    const rows = await query<{ row_no: number } & RowTold>(
      tx,
      'select row_no, problems, warnings from import_row where job_id = $1 and refused',
      [job],
    );
    return new Map(rows.map(({ row_no, problems, warnings }) => [row_no, { problems, warnings }]));
  });

type FileFault = { code: string; message: string; messageEn: string };

/** The end of a job, good or bad, and the event that tells of it. */
export const finishJob = async (core: ServiceCore, job: HeldJob, fault: FileFault | null): Promise<void> => {
  const at = core.clock.now();
  await asWorker(core.worker, async (tx) => {
    const [ended] = await query<{ registered: number; already: number; bad: number }>(
      tx,
      `update import_job set state = $2, file_problem = $3::jsonb, finished_at = $4, lease_until = null,
         version = version + 1
       where job_id = $1 and state not in ('DONE', 'FAILED') returning registered, already, bad`,
      [job.job_id, fault === null ? 'DONE' : 'FAILED', fault && JSON.stringify(fault), at],
    );
    if (ended === undefined || job.dry_run || fault !== null) return;
    await recordEvents(tx, at, [
      recorded(ImportFinished, `import:${job.job_id}`, 1, {
        job: job.job_id,
        school: job.school,
        place: Number(job.place),
        province: job.province,
        finishedAt: at,
        registered: ended.registered,
        already: ended.already,
        refused: ended.bad,
      }),
    ]);
  });
  tell(core, job.job_id, fault === null ? 'DONE' : 'FAILED');
};
