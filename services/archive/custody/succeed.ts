import { ArchiveCustodianChanged } from '#libs/contracts/events/archive.ts';
import { type Custodian, custodyAfter } from '#libs/law/archive/custody.ts';
import type { Archive } from '../archives/archive.ts';
import { archiveFacts, type Told } from '../archives/told.ts';

/** Whoever takes the place of a school, and where it stands in the tree. */
export type Successor = { from: string; into: Custodian; place: number };

/**
 * An archive of which a school that is no more was custodian, receiver or keeper of a copy: its successor is that now
 * (ARC-13, ARC-14). A successor that owes it to another keeps a copy as the school would have.
 */
export const succeedIn = (
  archive: Archive,
  { from, into, place }: Successor,
): { archive: Archive; told: Told[] } => {
  const custody = custodyAfter(archive.custody, { type: 'SUCCEED', from, into });
  if (custody === undefined) return { archive, told: [] };
  const [kept, awaited] = [archive.custody.custodian, archive.custody.owedTo];
  const isKeeper = kept.code === from;
  const handOver =
    custody.owedTo === null || archive.handOver === null
      ? null
      : { ...archive.handOver, place: awaited?.code === from ? place : archive.handOver.place };
  const after = {
    ...archive,
    custody,
    handOver,
    custodianPlace: isKeeper ? place : archive.custodianPlace,
  };
  if (!isKeeper) return { archive: after, told: [] };
  return {
    archive: after,
    told: [{ kind: ArchiveCustodianChanged, data: { ...archiveFacts(after), from: kept, to: into } }],
  };
};
