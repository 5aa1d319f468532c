import { ArchiveTransferOwed } from '#libs/contracts/events/archive.ts';
import { type Custodian, custodyAfter } from '#libs/law/archive/custody.ts';
import { type HandOverReason, handOverDue } from '#libs/law/archive/handing-over.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Archive } from '../archives/archive.ts';
import { calendarOf, lawPlaceOfCustodian } from '../archives/surroundings.ts';
import { archiveFacts, type Told } from '../archives/told.ts';

/** To whom an archive is to go, where that unit stands in the tree, why, and since when. */
export type Owed = { to: Custodian; place: number; reason: HandOverReason; at: string };

/**
 * An archive that is to go to another unit: its custodian has its month (ARC-10) and keeps a copy with what is saved (ARC-09). Back
 * at the unit that still keeps it, nothing is owed any more.
 */
export const oweArchive = async (
  core: Pick<ServiceCore, 'directory'>,
  archive: Archive,
  { to, place, reason, at }: Owed,
): Promise<{ archive: Archive; told: Told[] }> => {
  const custody = custodyAfter(archive.custody, { type: 'OWE', to });
  if (custody === undefined) return { archive, told: [] };
  if (custody.owedTo === null) return { archive: { ...archive, custody, handOver: null }, told: [] };
  const law = await lawPlaceOfCustodian(core, archive);
  const { dueDate: dueOn } = handOverDue(new Date(at), law, await calendarOf(core));
  const from = archive.custody.custodian;
  const handOver = {
    place,
    reason,
    owedAt: at,
    dueOn,
    passedOnOn: null,
    sentBack: null,
    lateRecordedOn: null,
  };
  return {
    archive: { ...archive, custody: { ...custody, passedOn: false }, handOver },
    told: [{ kind: ArchiveTransferOwed, data: { ...archiveFacts(archive), from, to, reason, dueOn } }],
  };
};
