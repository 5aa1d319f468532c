import type { Envelope } from '#libs/contracts/envelope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToCells } from './cell-rows.ts';
import { type Change, deltasOf } from './cells.ts';
import { type Pupil, pupilAfter, readStockEvent, type StockEvent } from './pupil.ts';
import { loadPupils, savePupils } from './pupil-rows.ts';

/** One batch at a time, whichever source it comes from: the widest cells would make them wait in any case. */
const takeTurn = (tx: Tx) => query(tx, 'select id from stock_turn where id = 1 for update');

const changesOf = (known: ReadonlyMap<string, Pupil>, events: readonly StockEvent[]): Change[] => {
  const after = new Map<string, Pupil>();
  for (const event of events) {
    after.set(event.person, pupilAfter(after.get(event.person) ?? known.get(event.person), event));
  }
  return [...after.values()].map((pupil) => ({ before: known.get(pupil.person), after: pupil }));
};

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const events = envelopes.flatMap((envelope) => readStockEvent(envelope) ?? []);
  if (events.length === 0) return;
  await takeTurn(tx);
  const known = await loadPupils(tx, [...new Set(events.map((event) => event.person))]);
  const changes = changesOf(known, events);
  await savePupils(
    tx,
    changes.map((change) => change.after),
  );
  await addToCells(tx, deltasOf(changes));
};

/** The pupils that are registered now, and the counts of them in every block of the tree. */
export const stockProjection: Projection = {
  name: 'stock',
  sources: ['enrollment', 'identity'],
  tables: ['pupil', 'stock_cell'],
  apply,
};
