import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { type KeyFacts, openHistory } from './values.ts';

type Former = { person: string; change: string; until: Date; facts: KeyFacts };

/** What a person was before each change took effect, oldest first; nothing outside the scope. */
export const historyOf = async (tx: Tx, sealing: Sealing, person: string): Promise<Former[]> => {
  const rows = await query<Omit<Former, 'facts'> & { sealed: Uint8Array }>(
    tx,
    `select person_id as person, change_id as change, until, sealed from key_history
     where person_id = $1 order by until, change_id`,
    [person],
  );
  return rows.map(({ sealed, ...row }) => ({ ...row, facts: openHistory(sealing, row.change, sealed) }));
};
