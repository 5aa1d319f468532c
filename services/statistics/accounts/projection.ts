import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { AccountWeekCounted } from '#libs/contracts/events/registrar.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToDayCells, saveUnits } from '../timeliness/cell-rows.ts';

/** What is counted of accounts in a week. */
export const ACCOUNT_MEASURES = ['ACCOUNTS', 'DUE', 'USED', 'MISSED', 'NEVER_USED', 'SEALED'] as const;
export type AccountMeasure = (typeof ACCOUNT_MEASURES)[number];

/** One batch at a time: the widest cells would make them wait in any case. */
const takeTurn = (tx: Tx) => query(tx, 'select id from account_turn where id = 1 for update');

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  const weeks = envelopes.map((event) => readEvent(AccountWeekCounted, event));
  await takeTurn(tx);
  await saveUnits(tx, 'account_unit', new Map(weeks.map(({ place, workplace }) => [place, workplace])));
  await addToDayCells(
    tx,
    'account_cell',
    weeks.flatMap(({ place, weekFrom: day, ...counted }) => {
      const numbers: Record<AccountMeasure, number> = {
        ...{ ACCOUNTS: counted.accounts, DUE: counted.due, USED: counted.used, MISSED: counted.missed },
        ...{ NEVER_USED: counted.neverUsed, SEALED: counted.sealed },
      };
      return ACCOUNT_MEASURES.map((measure) => ({ place, day, measure, n: numbers[measure] }));
    }),
  );
};

/** Use of accounts by calendar week (its Monday), in every block of the tree (STA-02, ACC-11). */
export const accountProjection: Projection = {
  name: 'account-use',
  sources: ['organization'],
  types: [AccountWeekCounted.type],
  tables: ['account_cell', 'account_unit'],
  apply,
};
