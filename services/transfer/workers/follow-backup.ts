import { readEvent } from '#libs/contracts/envelope.ts';
import { ArchiveBackupStored } from '#libs/contracts/events/archive.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/**
 * The backup that a registration may have waited for is stored (TRF-40): its case is looked at now, not when its pause is over.
 * A case that is being looked at is waited for, so that a pause which it is about to take is ended as well.
 */
export const followsBackup = (wake: () => void): Projection => ({
  name: 'transfer-backups',
  sources: ['archive'],
  types: [ArchiveBackupStored.type],
  tables: [],
  apply: async (tx, events) => {
    const persons = events.map((event) => readEvent(ArchiveBackupStored, event).person);
    const waiting = `person_id = any($1::uuid[]) and state in ('APPROVED', 'CALL_UP') and ended_at is null`;
    await query(tx, `select 1 from transfer_case where ${waiting} order by case_id for update`, [persons]);
    await execute(
      tx,
      `update transfer_case set waits_until = null
       where ${waiting} and findings @> '[{"code": "SOURCE_BACKUP_MISSING"}]'`,
      [persons],
    );
  },
  applied: wake,
});
