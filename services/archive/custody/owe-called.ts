import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { archivesWhere } from '../archives/archive-rows.ts';
import { saveArchive } from '../archives/save-archive.ts';
import { oweArchive } from './owe.ts';

const called = `called_at is not null and owed_to is null and custodian is distinct from household
  order by called_at, person_id limit 1 for update skip locked`;

/** An archive that the county of the household has called for is owed to it, with a copy at who keeps it (ARC-22). True when there may be more. */
export const oweCalledNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await asWorker(core.worker, async (tx) => {
    const [archive] = await archivesWhere(tx, called, []);
    if (archive?.household?.calledAt == null) return false;
    const { county, place, calledAt } = archive.household;
    const to = { kind: 'AUTHORITY' as const, code: county };
    const owed = await oweArchive(core, archive, { to, place, reason: 'CALLED_FOR', at: calledAt });
    await saveArchive(tx, core.clock.now(), archive, owed.archive, owed.told);
    return true;
  });
  if (found) core.wakeRelay();
  return found;
};
