import { setImmediate, setTimeout } from 'node:timers/promises';
import { singleRow } from '#libs/platform/database/scope.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

export type SettleOptions = {
  /** Milliseconds until it is given up. */
  within?: number;
  /** Events that could not be applied are what the test is about. */
  parkedAllowed?: boolean;
  /** Milliseconds between two looks, so that looking does not keep the network from working; none by default. */
  pause?: number;
};

/** Sequence number of the last event of each source. */
export type Heads = ReadonlyMap<string, number>;

/**
 * Waits until nothing is on its way between the services: every outbox empty, every log published to its head, every
 * inbox at the head of its source. Looks again and again, without a pause unless one is asked for; throws what is behind
 * when time is up, and at once when an event could not be applied. Returns the heads of the logs.
 */
export const settled = async (
  services: readonly RunningService[],
  { within = 20_000, parkedAllowed = false, pause = 0 }: SettleOptions = {},
): Promise<Heads> => {
  const end = performance.now() + within;
  for (;;) {
    const { behind, states } = await look(services);
    if (behind.length === 0) {
      const parked = parkedAllowed ? [] : states.flatMap(parkedOf);
      if (parked.length > 0) throw new Error(`Events could not be applied: ${parked.join('; ')}`);
      return headsOf(states);
    }
    if (performance.now() > end)
      throw new Error(`Not settled after ${within} ms: ${behind.map(({ what }) => what).join('; ')}`);
    for (const { wake } of behind) wake();
    await (pause > 0 ? setTimeout(pause) : setImmediate());
  }
};

/** Something on its way, and who is to be woken for it. */
type Behind = { what: string; wake(): void };
type Looked = { behind: Behind[]; states: State[] };

/**
 * One look at each service, in any order, is enough: outbox, head and what its inboxes have reached are read in one
 * statement. Whatever was there at the look at its source is either found on its way, or took effect within what was seen
 * of the others; and what was told after the look at its source began with something that was found.
 */
const look = async (services: readonly RunningService[]): Promise<Looked> => {
  const states = await Promise.all(services.map(stateOf));
  const heads = headsOf(states);
  return {
    behind: [...states.flatMap(unsentOf), ...states.flatMap((state) => lateOf(state, heads))],
    states,
  };
};

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

const unsentOf = ({ service: { name, relay }, waiting, head, published }: State): Behind[] =>
  [
    ...(waiting > 0 ? [`${name} has ${waiting} events in its outbox`] : []),
    ...(published < head ? [`${name} has published ${published} of ${head}`] : []),
  ].map((what) => ({ what, wake: relay.wake }));

const lateOf = ({ service: { name, inboxes }, reached }: State, heads: Heads): Behind[] =>
  inboxes.flatMap(({ consumer, source, inbox }) => {
    const at = reached[`${consumer} < ${source}`] ?? 0;
    const head = heads.get(source) ?? 0;
    const what = `${consumer} in ${name} is at ${at} of ${head} of ${source}`;
    return at < head ? [{ what, wake: inbox.wake }] : [];
  });

const parkedOf = ({ service: { name }, parked }: State): string[] =>
  parked.map((each) => `${each} of ${name}`);
