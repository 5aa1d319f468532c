import { MigrantDropoutNotified } from '#libs/contracts/events/dropout.ts';
import { isCompulsory } from '#libs/law/layers.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { noticeContext, placeOfAddressee, sendNotice } from '../../notices/notice.ts';
import { type Entry, SYSTEM } from '../entry.ts';
import { isMigrant } from '../entry-blockers.ts';
import { entriesWhere } from '../entry-rows.ts';
import { moveEntry } from '../move-entry.ts';

const batch = 50;

/** What the school has reported of the child in writing, to be passed on; nothing where it has not yet. */
const reportOf = async (core: ServiceCore, tx: Tx, { id }: Entry): Promise<string | null> => {
  const [row] = await query<{ notice_id: string; sealed: Buffer | null }>(
    tx,
    `select notice_id, sealed from official_notice where entry_id = $1 and kind = 'DROPOUT'
     order by sent_at desc limit 1`,
    [id],
  );
  return row?.sealed ? core.sealing.open(row.sealed, noticeContext(row.notice_id)) : null;
};

/**
 * On the last day of the term the county of the household is told of a migrant worker's child who has dropped out; the
 * archive stays until that county calls for it (ENR-59, CF-19).
 */
export const informHouseholds = async (core: ServiceCore): Promise<number> => {
  const today = core.clock.today();
  return asWorker(core.worker, async (tx) => {
    const entries = await entriesWhere(
      tx,
      `ended_at is null and household_county is not null and household_told_on is null and term_closes_on <= $1::date
         and household_county is distinct from county and state in ('CONFIRMED', 'REPORTED', 'PERSUADING', 'ESCALATED')
       order by term_closes_on limit ${batch} for update skip locked`,
      [today],
    );
    let told = 0;
    for (const entry of entries) {
      const addressee = entry.householdCounty ?? '';
      const isKnown = (await placeOfAddressee(core, addressee)) !== undefined;
      if (!isKnown || !isMigrant(entry) || !isCompulsory(entry.stage)) continue;
      await sendNotice(core, tx, {
        kind: 'MIGRANT_DROPOUT',
        recipient: 'HOUSEHOLD_COUNTY',
        addressee,
        person: entry.person,
        entry: entry.id,
        school: entry.school,
        sender: entry.authority,
        sentBy: SYSTEM,
        sentAt: core.clock.now(),
        content: await reportOf(core, tx, entry),
      });
      await moveEntry(core, tx, entry, {
        act: 'INFORM_HOUSEHOLD',
        change: { householdToldOn: today },
        record: { kind: 'HOUSEHOLD_INFORMED', actedOn: today, unit: entry.authority, by: SYSTEM },
        event: MigrantDropoutNotified,
      });
      told++;
    }
    return told;
  });
};
