import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { classDeltas } from './class-cells.ts';
import { addToClassCells, loadClasses, loadMembers, saveClasses, saveMembers } from './class-rows.ts';
import { personOf, readSeatEvent, type SeatEvent, Seating } from './seats.ts';

/** One batch at a time: the widest cells would make them wait in any case. */
const takeTurn = (tx: Tx) => query(tx, 'select id from class_turn where id = 1 for update');

const loadSeating = async (tx: Tx, events: readonly SeatEvent[]) => {
  const members = await loadMembers(tx, [...new Set(events.map(personOf))]);
  const named = events.flatMap((event) => (event.kind === 'SEATED' ? [event.schoolClass] : []));
  const held = members.flatMap(({ schoolClass }) => schoolClass ?? []);
  const classes = await loadClasses(tx, [...new Set([...named, ...held])]);
  return {
    seating: new Seating(members, classes),
    before: new Map(classes.map((known) => [known.id, known])),
  };
};

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap((envelope) => readSeatEvent(envelope) ?? []);
  if (events.length === 0) return;
  await takeTurn(tx);
  const { seating, before } = await loadSeating(tx, events);
  for (const event of events) seating.apply(event);
  const classes = [...seating.classes.values()].filter((after) => before.get(after.id) !== after);
  await saveMembers(tx, [...seating.members.values()]);
  await saveClasses(tx, classes);
  await addToClassCells(tx, classDeltas(classes.map((after) => ({ before: before.get(after.id), after }))));
};

/** Who sits in which class, how large each class is, and the counts of classes by size in every block of the tree. */
export const classProjection: Projection = {
  name: 'classes',
  sources: ['enrollment'],
  tables: ['class_member', 'class_size', 'class_cell'],
  apply,
};
