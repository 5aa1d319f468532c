import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { type KeyFacts, openHistory } from './values.ts';

/** A set of values that a person had until a change. */
export type Former = { person: string; change: string; until: Date; facts: KeyFacts };

/** What persons were before each change took effect, oldest first; nothing outside the scope. */
export const historyOf = async (tx: Tx, sealing: Sealing, persons: readonly string[]): Promise<Former[]> => {
  const rows = await query<Omit<Former, 'facts'> & { sealed: Uint8Array }>(
    tx,
    `select person_id as person, change_id as change, until, sealed from key_history
     where person_id = any($1::uuid[]) order by until, change_id`,
    [persons],
  );
  return rows.map(({ sealed, ...row }) => ({ ...row, facts: openHistory(sealing, row.change, sealed) }));
};
