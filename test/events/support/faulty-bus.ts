import fc from 'fast-check';
import type { Arrived, Bus, Stop } from '#libs/platform/bus/bus.ts';
import { allOf } from './bus.ts';

/** What happens to one event on its way: it is lost, comes at once, comes twice, or comes after later ones. */
export type Fate = 'lost' | 'whole' | 'twice' | 'late' | 'twice and late';

/** Fates of the events in the order of their arrival, over and over; and which heads and requests fail. */
export type Schedule = { fates: readonly Fate[]; heads: readonly boolean[]; requests: readonly boolean[] };

const anyFate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Fate>('whole') },
  { weight: 1, arbitrary: fc.constantFrom<Fate>('lost', 'twice', 'late', 'twice and late') },
);

export const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  fates: fc.array(anyFate, { minLength: 1, maxLength: 40 }),
  heads: fc.array(fc.boolean(), { minLength: 1, maxLength: 10 }).map((heads) => [...heads, true]),
  // Each failure in a row doubles the pause before the next try: more of them would only take longer.
  requests: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }).map((requests) => [...requests, true]),
});

const inTurn = <T>(values: readonly T[]): (() => T) => {
  let at = 0;
  return () => values[at++ % values.length] as T;
};

const mostLate = 3;

/** A bus that loses, doubles, delays and reorders what it carries, as a schedule says. */
export const faultyBus = (bus: Bus, schedule: Schedule): Bus => {
  const nextFate = inTurn(schedule.fates);
  const headPasses = inTurn(schedule.heads);
  const requestPasses = inTurn(schedule.requests);
  const late: Arrived[] = [];
  return {
    ...allOf(bus),
    onEvents: (source, take, onResumed): Promise<Stop> =>
      bus.onEvents(
        source,
        (arrived) => {
          const fate = nextFate();
          if (fate === 'whole' || fate.startsWith('twice')) take(arrived);
          if (fate === 'twice') take(arrived);
          if (fate.endsWith('late')) late.push(arrived);
          if (late.length > mostLate) for (const old of late.splice(0).reverse()) take(old);
        },
        onResumed,
      ),
    onHead: (source, take) =>
      bus.onHead(source, (head) => {
        if (headPasses()) take(head);
      }),
    request: (...of) =>
      requestPasses() ? bus.request(...of) : Promise.reject(new Error('The request was lost')),
  };
};
