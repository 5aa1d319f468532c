import type { Envelope } from '#libs/contracts/envelope.ts';
import { dayOf } from '#libs/platform/clock/clock.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToCells, addToDays } from './cell-rows.ts';
import { closeMonths, correctMonths, type Heard, hear, keptBy, readHeard } from './closed-months.ts';
import { type Course, courseAfter, type Dated } from './course.ts';
import { dayDeltasOf, overDays } from './day-cells.ts';
import { readStockEvent } from './pupil.ts';
import { loadCourses, saveCourses } from './pupil-rows.ts';
import { STOCK_SOURCES } from './sources.ts';

type Told = Dated & { source: string };

/** One batch at a time, whichever source it comes from: the widest cells would make them wait in any case. */
const takeTurn = (tx: Tx) => query(tx, 'select id from stock_turn where id = 1 for update');

const toldBy = (envelope: Envelope): Told[] => {
  const event = readStockEvent(envelope);
  return event === undefined ? [] : [{ source: envelope.source, day: dayOf(envelope.time), event }];
};

/** Courses of the persons that the events are about, after them. */
const coursesAfter = (
  known: ReadonlyMap<string, Course>,
  events: readonly Told[],
): ReadonlyMap<string, Course> => {
  const after = new Map<string, Course>();
  for (const told of events) {
    const { person } = told.event;
    after.set(person, courseAfter(after.get(person) ?? known.get(person), told));
  }
  return after;
};

const heardIn = (events: readonly Told[]): Heard[] =>
  [...Map.groupBy(events, ({ source }) => source)].map(([source, own]) => {
    const days = own.map(({ day }) => day).sort();
    return { source, first: days[0] ?? '', last: days.at(-1) ?? '' };
  });

const keep = async (tx: Tx, events: readonly Told[], book: (closed: string | null) => Promise<void>) => {
  const before = keptBy(await readHeard(tx), STOCK_SOURCES.length);
  await book(before?.closed ?? null);
  await hear(tx, heardIn(events));
  const after = keptBy(await readHeard(tx), STOCK_SOURCES.length);
  if (after !== undefined) await closeMonths(tx, before, after);
};

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap(toldBy);
  if (events.length === 0) return;
  await takeTurn(tx);
  const known = await loadCourses(tx, [...new Set(events.map(({ event }) => event.person))]);
  const after = coursesAfter(known, events);
  const deltas = dayDeltasOf(
    [...after].map(([person, course]) => ({ before: known.get(person), after: course })),
  );
  await saveCourses(tx, [...after.values()]);
  await addToCells(tx, overDays(deltas));
  await keep(tx, events, async (closed) => {
    await addToDays(tx, deltas);
    await correctMonths(tx, deltas, closed);
  });
};

/**
 * The pupils that are registered, and the counts of them in every block of the tree: now, by how much they changed on each
 * day, and at the end of each month.
 */
export const stockProjection: Projection = {
  name: 'stock',
  sources: STOCK_SOURCES,
  tables: ['pupil', 'stock_cell', 'stock_day', 'stock_month', 'stock_heard'],
  apply,
};
