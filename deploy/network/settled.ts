import { setImmediate, setTimeout } from 'node:timers/promises';
import { query, queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

export type SettleOptions = {
  /** Milliseconds until it is given up. */
  within?: number;
  /** Events that could not be applied are what the test is about. */
  parkedAllowed?: boolean;
  /** Milliseconds between two looks, so that looking does not keep the network from working; none by default. */
  pause?: number;
};

type Heads = ReadonlyMap<string, number>;

/**
 * Waits until nothing is on its way between the services: every outbox empty, every log published to its head, every
 * inbox at the head of its source. Looks again and again, without a pause unless one is asked for; throws what is behind when time is up,
 * and at once when an event could not be applied.
 */
export const settled = async (
  services: readonly RunningService[],
  { within = 20_000, parkedAllowed = false, pause = 0 }: SettleOptions = {},
): Promise<void> => {
  const end = performance.now() + within;
  for (;;) {
    const behind = await whatIsBehind(services);
    if (behind.length === 0) break;
    if (performance.now() > end) throw new Error(`Not settled after ${within} ms: ${behind.join('; ')}`);
    for (const { relay, inboxes } of services) {
      relay.wake();
      for (const { inbox } of inboxes) inbox.wake();
    }
    await (pause > 0 ? setTimeout(pause) : setImmediate());
  }
  const parked = parkedAllowed ? [] : (await Promise.all(services.map(parkedIn))).flat();
  if (parked.length > 0) throw new Error(`Events could not be applied: ${parked.join('; ')}`);
};

/** Sources are looked at before and after the inboxes: what an inbox did may have put new events into an outbox. */
const whatIsBehind = async (services: readonly RunningService[]): Promise<string[]> => {
  const before = await Promise.all(services.map(sourceState));
  const unsent = before.flatMap(unsentOf);
  if (unsent.length > 0) return unsent;
  const heads = new Map(before.map(({ name, head }) => [name, head]));
  const late = (await Promise.all(services.map((service) => lateInboxes(service, heads)))).flat();
  if (late.length > 0) return late;
  const after = await Promise.all(services.map(sourceState));
  return after.flatMap((source) =>
    source.head === heads.get(source.name) ? unsentOf(source) : [`${source.name} goes on`],
  );
};

type SourceState = { name: string; waiting: number; head: number; published: number };

const unsentOf = ({ name, waiting, head, published }: SourceState): string[] => [
  ...(waiting > 0 ? [`${name} has ${waiting} events in its outbox`] : []),
  ...(published < head ? [`${name} has published ${published} of ${head}`] : []),
];

const sourceState = async ({ name, core }: RunningService): Promise<SourceState> => {
  const row = await asWorker(core.worker, (tx) =>
    queryOne<{ waiting: string; head: string; published: string }>(
      tx,
      `select (select count(*) from outbox) as waiting, (select seq from event_counter where id = 1) as head,
              (select seq from event_published where id = 1) as published`,
    ),
  );
  return {
    name,
    waiting: Number(row.waiting),
    head: Number(row.head),
    published: Number(row.published),
  };
};

const lateInboxes = async ({ name, core, inboxes }: RunningService, heads: Heads): Promise<string[]> => {
  const rows = await asWorker(core.worker, (tx) =>
    query<{ consumer: string; source: string; seq: string }>(
      tx,
      'select consumer, source, seq from inbox_checkpoint',
    ),
  );
  const reached = new Map(rows.map((row) => [`${row.consumer} < ${row.source}`, Number(row.seq)]));
  return inboxes.flatMap(({ consumer, source }) => {
    const at = reached.get(`${consumer} < ${source}`) ?? 0;
    const head = heads.get(source) ?? 0;
    return at < head ? [`${consumer} in ${name} is at ${at} of ${head} of ${source}`] : [];
  });
};

const parkedIn = async ({ name, core }: RunningService): Promise<string[]> => {
  const rows = await asWorker(core.worker, (tx) =>
    query<{ consumer: string; type: string; reason: string }>(
      tx,
      `select consumer, event->>'type' as type, reason from inbox_parked order by seq limit 5`,
    ),
  );
  return rows.map(({ consumer, type, reason }) => `${type} in ${consumer} of ${name} (${reason})`);
};
