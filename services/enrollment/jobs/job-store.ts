import { ImportFinished } from '#libs/contracts/events/enrollment.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { RowProblem } from '../import/problems/row-problem.ts';
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

/** The file was read through: how many rows there are. */
export const keepTotal = async (core: ServiceCore, job: HeldJob, total: number): Promise<void> => {
  await asWorker(core.worker, (tx) =>
    execute(
      tx,
      `update import_job set state = 'REGISTERING', total = $2, version = version + 1 where job_id = $1`,
      [job.job_id, total],
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
  const bad = verdicts.filter(({ problems }) => problems.length > 0);
  const good = verdicts.length - bad.length;
  const last = Math.max(...verdicts.map(({ row }) => row));
  await asWorker(core.worker, async (tx) => {
    await insertRows(
      tx,
      'import_row',
      [
        ['job_id', 'uuid'],
        ['row_no', 'int'],
        ['place', 'bigint'],
        ['problems', 'jsonb'],
      ],
      bad.map(({ row, problems }) => [job.job_id, row, job.place, JSON.stringify(problems)]),
      'on conflict (job_id, row_no) do update set problems = excluded.problems',
    );
    await execute(
      tx,
      `update import_job set read = read + $2, good = good + $3, registered = registered + $4, bad = bad + $5,
         reached = $6, lease_until = $7, version = version + 1
       where job_id = $1 and reached < $6`,
      [job.job_id, verdicts.length, good, job.dry_run ? 0 : good, bad.length, last, leaseEnd()],
    );
  });
  tell(core, job.job_id, 'REGISTERING');
};

export const problemsOfRow = (core: ServiceCore, job: string): Promise<Map<number, RowProblem[]>> =>
  asWorker(core.worker, async (tx) => {
    const rows = await query<{ row_no: number; problems: RowProblem[] }>(
      tx,
      'select row_no, problems from import_row where job_id = $1',
      [job],
    );
    return new Map(rows.map((row) => [row.row_no, row.problems]));
  });

type FileFault = { code: string; message: string; messageEn: string };

/** The end of a job, good or bad, and the event that tells of it. */
export const finishJob = async (core: ServiceCore, job: HeldJob, fault: FileFault | null): Promise<void> => {
  const at = core.clock.now();
  await asWorker(core.worker, async (tx) => {
    const [ended] = await query<{ registered: number; bad: number }>(
      tx,
      `update import_job set state = $2, file_problem = $3::jsonb, finished_at = $4, lease_until = null,
         version = version + 1
       where job_id = $1 and state not in ('DONE', 'FAILED') returning registered, bad`,
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
        refused: ended.bad,
      }),
    ]);
  });
  tell(core, job.job_id, fault === null ? 'DONE' : 'FAILED');
};
