import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { checkpointOf } from '#libs/platform/events/checkpoint.ts';
import { relayState } from '#libs/platform/events/relay.ts';
import type { Loop } from '#libs/platform/service/loop.ts';
import { until as lookUntil } from '#test/support/until.ts';
import type { Bed } from './bed.ts';
import { SOURCE } from './ledger.ts';

/** Milliseconds until something is given up; hundreds of thousands of events take their time. */
const longest = process.env.TEST_SIZE === 'long' ? 600_000 : 20_000;

/** Looks again and again until something is so; throws what it waited for when time is up. */
export const until = (
  what: string,
  isSo: () => boolean | Promise<boolean>,
  within = longest,
): Promise<void> => lookUntil(what, isSo, { within });

/** The source has given every event a number. */
export const sequenced = (bed: Bed, relays: readonly Loop[] = []): Promise<void> =>
  until('outbox empty', async () => {
    for (const relay of relays) relay.wake();
    return !(await relayState(bed.source)).waiting;
  });

/** Everything that was recorded took effect at a consumer. */
export const caughtUp = async (bed: Bed, consumer: string, loops: readonly Loop[] = []): Promise<void> => {
  await sequenced(bed, loops);
  const { head } = await relayState(bed.source);
  await until(`${consumer} at ${head.seq}`, async () => {
    for (const loop of loops) loop.wake();
    return (await checkpointOf(bed.reader, consumer, SOURCE)).seq >= head.seq;
  });
};

/** What the log holds that it must not: numbers or versions with gaps. */
export const faultsOfLog = (bed: Bed): Promise<string[]> =>
  asWorker(bed.source, async (tx) => {
    const numbers = await queryOne<{ n: string; last: string; counter: string }>(
      tx,
      `select count(*) as n, coalesce(max(event_log.seq), 0) as last,
              (select seq from event_counter where id = 1) as counter from event_log`,
    );
    const gaps = await query<{ aggregate: string }>(
      tx,
      `select aggregate_id as aggregate from (
         select aggregate_id, version, row_number() over (partition by aggregate_id order by seq) as expected
         from event_log) as numbered
       where version <> expected group by aggregate_id`,
    );
    const states = await query<{ id: string }>(
      tx,
      `select id from thing where version <> (select count(*) from event_log where aggregate_id = id)`,
    );
    return [
      ...(numbers.n === numbers.last && numbers.last === numbers.counter
        ? []
        : [`${numbers.n} numbers up to ${numbers.last}, counter at ${numbers.counter}`]),
      ...gaps.map(({ aggregate }) => `versions of ${aggregate} out of order`),
      ...states.map(({ id }) => `state and events of ${id} differ`),
    ];
  });

/** How often each event took effect at a consumer: `{ 1: n }` when each did once. */
export const timesApplied = async (bed: Bed, consumer: string): Promise<Record<string, number>> => {
  const rows = await asWorker(bed.reader, (tx) =>
    query<{ times: number; n: string }>(
      tx,
      'select times, count(*) as n from ledger_line where consumer = $1 group by times',
      [consumer],
    ),
  );
  return Object.fromEntries(rows.map((row) => [row.times, Number(row.n)]));
};

export const parkedCount = async (bed: Bed, consumer: string): Promise<number> => {
  const row = await asWorker(bed.reader, (tx) =>
    queryOne<{ n: string }>(tx, 'select count(*) as n from inbox_parked where consumer = $1', [consumer]),
  );
  return Number(row.n);
};
