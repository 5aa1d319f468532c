import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

const source = 'archive';

/** Whose archive, and where the registration is that it belongs to; what it holds stays with its owner. */
const Archive = z.object({
  archive: Uuid,
  person: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
});

/** Who keeps an archive: a school, an authority, or the unit that an authority named. */
export const Custodian = z.object({
  kind: z.enum(['SCHOOL', 'AUTHORITY', 'DESIGNATED_UNIT']),
  code: z.string(),
});

export const HandOverReason = z.enum([
  'TRANSFER',
  'GOING_ON',
  'ABROAD',
  'RETURN',
  'CALLED_FOR',
  'DROPOUT_RETURN',
]);

export const ArchiveEstablished = defineEvent({
  type: 'ArchiveEstablished',
  source,
  version: 1,
  summary: 'The archive of a student was opened with the approved registration (ARC-01).',
  data: Archive.extend({ openedOn: Day, dueOn: Day }),
});

export const ArchiveEntryAdded = defineEvent({
  type: 'ArchiveEntryAdded',
  source,
  version: 1,
  summary: 'Something was filed in an archive; what it is stays there (ARC-15, ARC-25).',
  data: Archive.extend({
    entry: z.int().min(1),
    /** Files and uploads that lie with it. */
    papers: z.array(Uuid).max(200),
  }),
});

export const ArchiveBackupStored = defineEvent({
  type: 'ArchiveBackupStored',
  source,
  version: 1,
  summary: 'A read-only copy of an archive was stored for the unit that will pass it on (ARC-09, TRF-40).',
  data: Archive.extend({ unit: z.string(), entries: z.int().min(0) }),
});

export const ArchiveTransferOwed = defineEvent({
  type: 'ArchiveTransferOwed',
  source,
  version: 1,
  summary:
    'The registration has moved, and the archive is to follow it in its time (ARC-08, ARC-10, ARC-20).',
  data: Archive.extend({ from: Custodian, to: Custodian, reason: HandOverReason, dueOn: Day }),
});

export const ArchiveCalledFor = defineEvent({
  type: 'ArchiveCalledFor',
  source,
  version: 1,
  summary: 'The county of the household called for the archive of a migrant dropout (ARC-22).',
  data: Archive.extend({ county: UnitCode }),
});

export const ArchiveTransferStarted = defineEvent({
  type: 'ArchiveTransferStarted',
  source,
  version: 1,
  summary: 'The custodian passed an archive on; it keeps it until the other side has accepted it.',
  data: Archive.extend({ from: Custodian, to: Custodian }),
});

/** Why a receiving unit sends an archive back. */
export const SendBackReason = z.enum(['NOT_WHOLE', 'DAMAGED', 'ANOTHER_STUDENT', 'NOT_ENROLLED_HERE']);
export type SendBackReason = z.infer<typeof SendBackReason>;

export const ArchiveSentBack = defineEvent({
  type: 'ArchiveSentBack',
  source,
  version: 1,
  summary: 'The receiving side sent an archive back to its custodian, who passes it on again.',
  data: Archive.extend({ from: Custodian, to: Custodian, reason: SendBackReason, dueOn: Day }),
});

export const ArchiveTransferred = defineEvent({
  type: 'ArchiveTransferred',
  source,
  version: 1,
  summary: 'The receiving side accepted an archive and continues it (ARC-11).',
  data: Archive.extend({ from: Custodian, to: Custodian }),
});

export const ArchiveTransferOverdue = defineEvent({
  type: 'ArchiveTransferOverdue',
  source,
  version: 1,
  summary: 'An archive was not passed on within its month; put on record once (ARC-10).',
  data: Archive.extend({ from: Custodian, dueOn: Day }),
});

export const ArchiveCustodianChanged = defineEvent({
  type: 'ArchiveCustodianChanged',
  source,
  version: 1,
  summary:
    'Another unit took the place of the custodian: a merger, or the closure of a school (ARC-13, ARC-14).',
  data: Archive.extend({ from: Custodian, to: Custodian }),
});

export const ArchiveClosedPermanently = defineEvent({
  type: 'ArchiveClosedPermanently',
  source,
  version: 1,
  summary: 'Studies ended and the archive is filed for ever (ARC-12).',
  data: Archive,
});

export const ArchiveRefreshed = defineEvent({
  type: 'ArchiveRefreshed',
  source,
  version: 1,
  summary:
    'The keeping school brought an archive up to date, at a term’s opening or after a transfer (ARC-07).',
  data: Archive.extend({ refreshedOn: Day }),
});

export const PaperCopyPrinted = defineEvent({
  type: 'PaperCopyPrinted',
  source,
  version: 1,
  summary: 'Categories of an archive were printed; the department that uses the print keeps it (ARC-05).',
  data: Archive.extend({ print: z.int().min(1), printedOn: Day }),
});

export const ArchiveLapseRecorded = defineEvent({
  type: 'ArchiveLapseRecorded',
  source,
  version: 1,
  summary:
    'What the law asks of whoever keeps an archive, or approves the registration, was not done in its time or lacks; put on record once (ARC-01, ARC-07, ARC-08, ARC-15).',
  data: Archive.extend({
    rule: z.string(),
    code: z.string(),
    /** Whose it is: a school or unit, and where it stands. */
    unit: z.string(),
    unitPlace: Place,
    /** The last day on which it would have been in time; null where the law names none. */
    dueOn: Day.nullable(),
  }),
});
