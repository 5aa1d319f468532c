import * as archive from '#libs/contracts/events/archive.ts';
import { type Reader, reader } from './reader.ts';

/** Lines of what the archive itself tells: what was filed, and who keeps it from when on. */
export const readersOfArchive: readonly Reader[] = [
  reader(archive.ArchiveEstablished, ({ person, school }) => ({
    ...{ person, kind: 'ARCHIVE_OPENED', unit: school, custodian: { kind: 'SCHOOL', code: school } },
  })),
  reader(archive.ArchiveEntryAdded, ({ person, entry }) => ({ person, kind: 'ARCHIVE_ENTRY', entry })),
  reader(archive.ArchiveBackupStored, ({ person, unit }) => ({
    ...{ person, kind: 'ARCHIVE_COPY_STORED', unit },
  })),
  reader(archive.ArchiveCalledFor, ({ person, county }) => ({
    ...{ person, kind: 'ARCHIVE_CALLED_FOR', unit: county },
  })),
  reader(archive.ArchiveTransferOwed, ({ person, from, to }) => ({
    ...{ person, kind: 'ARCHIVE_OWED', unit: from.code, toUnit: to.code },
  })),
  reader(archive.ArchiveTransferStarted, ({ person, from, to }) => ({
    ...{ person, kind: 'ARCHIVE_PASSED_ON', unit: from.code, toUnit: to.code },
  })),
  reader(archive.ArchiveSentBack, ({ person, from, to }) => ({
    ...{ person, kind: 'ARCHIVE_SENT_BACK', unit: to.code, toUnit: from.code },
  })),
  reader(archive.ArchiveTransferred, ({ person, from, to }) => ({
    ...{ person, kind: 'ARCHIVE_ACCEPTED', unit: from.code, toUnit: to.code, custodian: to },
  })),
  reader(archive.ArchiveTransferOverdue, ({ person, from }) => ({
    ...{ person, kind: 'ARCHIVE_LATE', unit: from.code },
  })),
  reader(archive.ArchiveCustodianChanged, ({ person, from, to }) => ({
    ...{ person, kind: 'ARCHIVE_CUSTODIAN_CHANGED', unit: from.code, toUnit: to.code, custodian: to },
  })),
  reader(archive.ArchiveClosedPermanently, ({ person }) => ({ person, kind: 'ARCHIVE_FILED' })),
  reader(archive.ArchiveRefreshed, ({ person }) => ({ person, kind: 'ARCHIVE_REFRESHED' })),
  reader(archive.PaperCopyPrinted, ({ person }) => ({ person, kind: 'ARCHIVE_PRINTED' })),
];
