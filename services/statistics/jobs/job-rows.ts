import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Dimension, Filter } from '../table/question.ts';

export type JobState = 'WAITING' | 'RUNNING' | 'DONE' | 'CANCELLED' | 'FAILED';

/** Pupils with equal values: the values in the order of the dimensions, and how many. */
export type Group = readonly [values: readonly string[], n: number];

/** A long question of a unit, how far it is, and what came of it. */
export type Job = {
  id: string;
  /** The unit that asks, and where its range begins. */
  unit: string;
  place: number;
  scope: string;
  lo: number;
  hi: number;
  by: readonly Dimension[];
  filter: Filter;
  purpose: string;
  requestedBy: string;
  requestedAt: string;
  state: JobState;
  /** When the count that stands was begun; null before. */
  asOf: string | null;
  /** Pupils counted, and about how many there are. */
  counted: number;
  total: number;
  /** The last place that was counted; null before the first. */
  after: number | null;
  groups: readonly Group[];
  /** Counts begun anew because pupils moved meanwhile. */
  rounds: number;
  /** The sum agrees with the counts that are kept; null before the end. */
  agrees: boolean | null;
  failure: string | null;
  finishedAt: string | null;
  version: number;
};

type Row = Omit<Job, 'place' | 'lo' | 'hi' | 'after' | 'requestedAt' | 'asOf' | 'finishedAt'> & {
  place: string;
  lo: string;
  hi: string;
  after: string | null;
  requestedAt: Date;
  asOf: Date | null;
  finishedAt: Date | null;
};

const columns = `job_id as id, unit, place, scope, lo, hi, dimensions as by, filter, purpose, requested_by as "requestedBy",
  requested_at as "requestedAt", state, as_of as "asOf", counted, total, after_place as after, groups, rounds, agrees, failure,
  finished_at as "finishedAt", version`;

const instant = (at: Date | null): string | null => (at === null ? null : new Date(at).toISOString());

const jobOf = (row: Row): Job => ({
  ...row,
  place: Number(row.place),
  lo: Number(row.lo),
  hi: Number(row.hi),
  after: row.after === null ? null : Number(row.after),
  requestedAt: new Date(row.requestedAt).toISOString(),
  asOf: instant(row.asOf),
  finishedAt: instant(row.finishedAt),
});

/** A job by its id, as far as the scope of the transaction covers it. */
export const jobById = async (tx: Tx, id: string): Promise<Job | undefined> => {
  const [row] = await query<Row>(tx, `select ${columns} from statistics_job where job_id = $1`, [id]);
  return row && jobOf(row);
};

type NewJob = Pick<
  Job,
  | 'id'
  | 'unit'
  | 'place'
  | 'scope'
  | 'lo'
  | 'hi'
  | 'by'
  | 'filter'
  | 'purpose'
  | 'requestedBy'
  | 'requestedAt'
>;

/** Jobs of a unit that are not at their end; the unit's next request waits until this one is written. */
export const openJobsOf = async (tx: Tx, unit: string): Promise<number> => {
  await query(tx, 'select id from job_turn where id = 1 for update');
  const [row] = await query<{ n: number }>(
    tx,
    `select count(*)::int as n from statistics_job where unit = $1 and state in ('WAITING', 'RUNNING')`,
    [unit],
  );
  return row?.n ?? 0;
};

export const insertJob = (tx: Tx, job: NewJob): Promise<number> =>
  execute(
    tx,
    `insert into statistics_job (job_id, unit, place, scope, lo, hi, dimensions, filter, purpose, requested_by, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7::text[], $8::jsonb, $9, $10, $11)`,
    [
      ...[job.id, job.unit, job.place, job.scope, job.lo, job.hi, job.by, JSON.stringify(job.filter)],
      ...[job.purpose, job.requestedBy, job.requestedAt],
    ],
  );

/** Ends a job that is under way; 0 where it has ended or is of another version. */
export const cancelJob = (tx: Tx, id: string, version: number, at: string): Promise<number> =>
  execute(
    tx,
    `update statistics_job set state = 'CANCELLED', finished_at = $3, groups = '[]', lease = null, lease_until = null,
       version = version + 1 where job_id = $1 and version = $2 and state in ('WAITING', 'RUNNING')`,
    [id, version, at],
  );

const leaseFor = 30_000;

/** Leases run on the machine's clock, not on business time: they tell a dead worker from a slow one. */
const leaseEnd = (): string => new Date(Date.now() + leaseFor).toISOString();

/** Takes the oldest job that nobody counts, under a lease; that of a dead worker runs out by itself. */
export const leaseJob = async (tx: Tx, lease: string): Promise<Job | undefined> => {
  const [row] = await query<Row>(
    tx,
    `update statistics_job set lease = $1, lease_until = $2,
       version = version + case when state = 'WAITING' then 1 else 0 end, state = 'RUNNING'
     where job_id = (select job_id from statistics_job
       where state in ('WAITING', 'RUNNING') and (lease_until is null or lease_until < $3)
       order by requested_at, job_id limit 1 for update skip locked)
     returning ${columns}`,
    [lease, leaseEnd(), new Date().toISOString()],
  );
  return row && jobOf(row);
};

/** A job that is still this worker's, locked; undefined where it was cancelled, or another has taken it. */
export const heldJob = async (tx: Tx, id: string, lease: string): Promise<Job | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select ${columns} from statistics_job where job_id = $1 and lease = $2 and state = 'RUNNING' for update`,
    [id, lease],
  );
  return row && jobOf(row);
};

/** Keeps how far a job has come; its worker goes on. */
export const keepJob = (tx: Tx, job: Job): Promise<number> =>
  execute(
    tx,
    `update statistics_job set as_of = $2, counted = $3, total = $4, after_place = $5, groups = $6::jsonb, rounds = $7,
       lease_until = $8 where job_id = $1`,
    [
      ...[job.id, job.asOf, job.counted, job.total, job.after, JSON.stringify(job.groups), job.rounds],
      leaseEnd(),
    ],
  );

/** Ends a job, with what came of it or why nothing did. */
export const finishJob = (tx: Tx, job: Job, at: string): Promise<number> =>
  execute(
    tx,
    `update statistics_job set state = $2, counted = $3, groups = $4::jsonb, agrees = $5, failure = $6, finished_at = $7,
       lease = null, lease_until = null, version = version + 1 where job_id = $1`,
    [job.id, job.state, job.counted, JSON.stringify(job.groups), job.agrees, job.failure, at],
  );
