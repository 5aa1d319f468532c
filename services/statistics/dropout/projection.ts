import type { Envelope } from '#libs/contracts/envelope.ts';
import {
  DropoutCaseAgedOut,
  DropoutClueCleared,
  DropoutClueOpened,
  DropoutMarked,
  DropoutReported,
  DropoutReturned,
  DropoutReturnSettled,
} from '#libs/contracts/events/dropout.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToDayCells } from '../timeliness/cell-rows.ts';

/** Steps of the ledger that are counted: entries, marks, reports, and what came of them. */
export type DropoutMeasure =
  | 'OPENED'
  | 'MARKED'
  | 'REPORTED'
  | 'CLEARED'
  | 'RETURNED'
  | 'STAYED'
  | 'AGED_OUT';

const measureOf: Readonly<Record<string, DropoutMeasure>> = {
  [DropoutClueOpened.type]: 'OPENED',
  [DropoutMarked.type]: 'MARKED',
  [DropoutReported.type]: 'REPORTED',
  [DropoutClueCleared.type]: 'CLEARED',
  [DropoutReturned.type]: 'RETURNED',
  [DropoutReturnSettled.type]: 'STAYED',
  [DropoutCaseAgedOut.type]: 'AGED_OUT',
};

const apply = async (tx: Tx, events: readonly Envelope[]): Promise<void> => {
  await query(tx, 'select id from dropout_turn where id = 1 for update');
  await addToDayCells(
    tx,
    'dropout_cell',
    events.flatMap(({ type, time, data }) => {
      const measure = measureOf[type];
      if (measure === undefined) return [];
      return [{ place: Number(data.place), measure, day: shanghaiDate(new Date(time)), n: 1 }];
    }),
  );
};

/** What happened in the dropout ledger, by day in every block of the tree (STA-07). */
export const dropoutProjection: Projection = {
  name: 'statistics-dropout',
  sources: ['enrollment'],
  types: Object.keys(measureOf),
  tables: ['dropout_cell'],
  apply,
};
