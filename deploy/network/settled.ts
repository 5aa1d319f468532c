import { setTimeout } from 'node:timers/promises';
import { singleRow } from '#libs/platform/database/scope.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

/** Milliseconds between two looks, so that looking does not keep the network from working. */
const PAUSE = 4;

export type SettleOptions = {
  /** Milliseconds until it is given up. */
  within?: number;
  /** Events that could not be applied are what the test is about. */
  parkedAllowed?: boolean;
};

/** Sequence number of the last event of each source. */
export type Heads = ReadonlyMap<string, number>;

/**
 * Waits until nothing is on its way between the services: every outbox empty, every log published to its head, every
 * inbox at the head of its source. Looks again and again, at those that are behind until they are not, and then at all;
 * throws what is behind when time is up, and when an event could not be applied. Returns the heads of the logs.
 *
 * One look at each service, in any order, is enough: outbox, head and what its inboxes have reached are read in one
 * statement. Whatever was there at the look at its source is either found on its way, or took effect within what was seen
 * of the others; and what was told after the look at its source began with something that was found.
 */
export const settled = async (
  services: readonly RunningService[],
  { within = 20_000, parkedAllowed = false }: SettleOptions = {},
): Promise<Heads> => {
  const end = performance.now() + within;
  let looked = services;
  let heads: Heads = new Map();
  for (;;) {
    const states = await Promise.all(looked.map(stateOf));
    heads = new Map([...heads, ...headsOf(states)]);
    const behind = states.flatMap((state) => [...unsentOf(state), ...lateOf(state, heads)]);
    if (behind.length === 0 && looked === services) {
      const parked = parkedAllowed ? [] : states.flatMap(parkedOf);
      if (parked.length > 0) throw new Error(`Events could not be applied: ${parked.join('; ')}`);
      return heads;
    }
    if (performance.now() > end)
      throw new Error(`Not settled after ${within} ms: ${behind.map(({ what }) => what).join('; ')}`);
    for (const { wake } of behind) wake();
    const late = new Set(behind.map(({ service }) => service));
    looked = late.size === 0 ? services : [...late];
    if (late.size > 0) await setTimeout(PAUSE);
  }
};

/** Something on its way, and who is to be woken for it. */
type Behind = { service: RunningService; what: string; wake(): void };

type Row = {
  waiting: string;
  head: string;
  published: string;
  reached: Record<string, number>;
  parked: string[];
};
type State = Omit<Row, 'waiting' | 'head' | 'published'> & {
  service: RunningService;
  waiting: number;
  head: number;
  published: number;
};

const state = `
  select (select count(*) from outbox) as waiting, (select seq from event_counter where id = 1) as head,
         (select seq from event_published where id = 1) as published,
         (select coalesce(jsonb_object_agg(consumer || ' < ' || source, seq), '{}') from inbox_checkpoint) as reached,
         array(select (event ->> 'type') || ' in ' || consumer || ' (' || reason || ')' from inbox_parked
               order by seq limit 5) as parked`;

const stateOf = async (service: RunningService): Promise<State> => {
  const { waiting, head, published, ...rest } = await singleRow<Row>(service.core.worker, state);
  return {
    service,
    waiting: Number(waiting),
    head: Number(head),
    published: Number(published),
    ...rest,
  };
};

const headsOf = (states: readonly State[]): Heads =>
  new Map(states.map(({ service: { name }, head }) => [name, head]));

const unsentOf = ({ service, waiting, head, published }: State): Behind[] =>
  [
    ...(waiting > 0 ? [`${service.name} has ${waiting} events in its outbox`] : []),
    ...(published < head ? [`${service.name} has published ${published} of ${head}`] : []),
  ].map((what) => ({ service, what, wake: service.relay.wake }));

const lateOf = ({ service, reached }: State, heads: Heads): Behind[] =>
  service.inboxes.flatMap(({ consumer, source, inbox }) => {
    const at = reached[`${consumer} < ${source}`] ?? 0;
    const head = heads.get(source) ?? 0;
    const what = `${consumer} in ${service.name} is at ${at} of ${head} of ${source}`;
    return at < head ? [{ service, what, wake: inbox.wake }] : [];
  });

const parkedOf = ({ service: { name }, parked }: State): string[] =>
  parked.map((each) => `${each} of ${name}`);
