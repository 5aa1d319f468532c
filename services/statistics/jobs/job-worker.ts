import { v7 as uuidv7 } from 'uuid';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type Loop, until } from '#libs/platform/service/loop.ts';
import { unitsBelow } from '../table/parts.ts';
import { type Below, countSlice, keptTotal, pupilsIn, SLICE, sliceEnd } from './count-slice.ts';
import { finishJob, heldJob, type Job, keepJob, leaseJob } from './job-rows.ts';

/** More groups than this are no table that somebody reads. */
const MOST_GROUPS = 20_000;
/** So often a count is begun anew because pupils moved while it went on. */
const MOST_ROUNDS = 3;

/** A count from the beginning. */
const begun = (job: Job, at: string, total: number): Job => ({
  ...job,
  ...{ asOf: at, counted: 0, total, after: null, groups: [], rounds: job.rounds + 1 },
});

const belowOf = async (core: ServiceCore, { scope, by }: Job): Promise<Below[]> =>
  by.includes('UNIT') ? unitsBelow(scope, (await core.directory.units()).values()) : [];

/** At the end of its pupils: done where the sum is that of the kept counts, and begun anew where somebody moved meanwhile. */
const conclude = async (core: ServiceCore, tx: Tx, job: Job): Promise<boolean> => {
  const agrees = job.counted === (await keptTotal(tx, job));
  const now = core.clock.now();
  if (!agrees && job.rounds < MOST_ROUNDS) {
    await keepJob(tx, begun(job, now, await pupilsIn(tx, job)));
    return true;
  }
  await finishJob(tx, { ...job, state: 'DONE', agrees }, now);
  return false;
};

/** One slice of a job: what it counted and how far it came are kept together, so that whoever goes on counts nobody twice. */
const countNext = async (core: ServiceCore, tx: Tx, held: Job, size: number): Promise<boolean> => {
  const job = held.asOf === null ? begun(held, core.clock.now(), await pupilsIn(tx, held)) : held;
  const to = await sliceEnd(tx, job, size);
  if (to === undefined) return conclude(core, tx, job);
  const promotions = lawPromotions(await core.directory.promotions());
  const slice = { from: job.after === null ? job.lo : job.after + 1, to };
  const day = { at: new Date(job.asOf ?? core.clock.now()), promotions };
  const { groups, counted } = await countSlice(tx, job, slice, await belowOf(core, job), day);
  if (groups.length > MOST_GROUPS) {
    const failure = 'TOO_MANY_ROWS';
    await finishJob(tx, { ...job, state: 'FAILED', groups: [], agrees: null, failure }, core.clock.now());
    return false;
  }
  await keepJob(tx, { ...job, groups, counted: job.counted + counted, after: to });
  return true;
};

/** Answers the oldest long question, slice by slice, as long as nobody cancels it. True when there may be another. */
export const workOnJob = async (core: ServiceCore, size = SLICE): Promise<boolean> => {
  const lease = uuidv7();
  const job = await asWorker(core.worker, (tx) => leaseJob(tx, lease));
  if (job === undefined) return false;
  for (let more = true; more; ) {
    more = await asWorker(core.worker, async (tx) => {
      const held = await heldJob(tx, job.id, lease);
      return held !== undefined && countNext(core, tx, held, size);
    });
  }
  return true;
};

export const startJobWorker = (core: ServiceCore): Loop =>
  until({ name: 'long questions', log: core.log, idle: 2_000, step: () => workOnJob(core) });
