import { ArchiveTransferOverdue } from '#libs/contracts/events/archive.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { archivesWhere } from '../archives/archive-rows.ts';
import { saveArchive } from '../archives/save-archive.ts';
import { calendarOf, lawPlaceOfCustodian } from '../archives/surroundings.ts';
import { archiveFacts } from '../archives/told.ts';
import { judgeHandOver } from './judge-hand-over.ts';

const late = `owed_to is not null and passed_on_on is null and late_recorded_on is null and owed_due_on < $1::date
  order by owed_due_on, person_id limit 1 for update skip locked`;

/** Puts on record, once each, that an archive was not passed on within its month (ARC-10, ARC-22). True when there may be more. */
export const recordLateNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await asWorker(core.worker, async (tx) => {
    const today = core.clock.today();
    const [archive] = await archivesWhere(tx, late, [today]);
    if (archive?.handOver == null) return false;
    const { handOver, custody } = archive;
    const [place, calendar] = [await lawPlaceOfCustodian(core, archive), await calendarOf(core)];
    const said = judgeHandOver(handOver, archive, { today, place, calendar });
    const after = { ...archive, handOver: { ...handOver, lateRecordedOn: today } };
    const data = { ...archiveFacts(archive), from: custody.custodian, dueOn: handOver.dueOn };
    const told = said.length > 0 ? [{ kind: ArchiveTransferOverdue, data }] : [];
    await saveArchive(tx, core.clock.now(), archive, after, told);
    return true;
  });
  if (found) core.wakeRelay();
  return found;
};
