import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

const source = 'transfer';

const Side = z.object({ school: SchoolCode, place: Place, province: UnitCode, authority: UnitCode });

/** Who attends `target` while the registration is at `source`. */
const Attendance = z.object({
  attendance: Uuid,
  person: Uuid,
  basis: z.enum(['WITHOUT_TRANSFER', 'OFFLINE_DECISION', 'REGISTRATION_STAYS']),
  source: Side,
  target: Side,
  since: Day,
});

export const AttendanceReported = defineEvent({
  type: 'AttendanceReported',
  source,
  version: 1,
  summary:
    'A school reported a pupil who attends it while the registration is elsewhere (TRF-49, TRF-24, TRF-29).',
  data: Attendance.extend({
    /** Until when the school starts the transfer; null where no time runs. */
    dueOn: Day.nullable(),
  }),
});

export const AttendanceEnded = defineEvent({
  type: 'AttendanceEnded',
  source,
  version: 1,
  summary:
    'The school has started the transfer of a pupil who attended already, or the pupil has left it, or never came by the word of the school that has the registration, or the registration has gone elsewhere, or by a merger there is one school instead of two.',
  data: Attendance.extend({
    how: z.enum(['TRANSFER_STARTED', 'LEFT', 'CONTESTED', 'REGISTRATION_MOVED', 'SCHOOLS_JOINED']),
    on: Day,
  }),
});

export const AttendanceSucceeded = defineEvent({
  type: 'AttendanceSucceeded',
  source,
  version: 1,
  summary:
    'The school that a pupil attends without a transfer was merged into another: the pupil attends that one, which owes the transfer from then on.',
  data: Attendance.extend({
    merger: Uuid,
    /** The school that was attended before. */
    former: Side,
  }),
});

export const AttendanceReopened = defineEvent({
  type: 'AttendanceReopened',
  source,
  version: 1,
  summary:
    'The transfer of a pupil who attended already came to nothing: the pupil attends without one as before, and the school owes it anew (TRF-49, TRF-50, TRF-24).',
  data: Attendance.extend({
    /** The case that ended. */
    transfer: Uuid,
    /** Until when the school starts the transfer; null where no time runs. */
    dueOn: Day.nullable(),
  }),
});

export const AcceptedPupilNotTransferred = defineEvent({
  type: 'AcceptedPupilNotTransferred',
  source,
  version: 1,
  summary:
    'A school did not start the transfer of a pupil it had taken in, in time: a breach that may be ordered to be corrected (TRF-50, ORG-21).',
  data: Attendance.extend({ dueOn: Day }),
});

export const OfflineTransferNotClosed = defineEvent({
  type: 'OfflineTransferNotClosed',
  source,
  version: 1,
  summary: 'A transfer decided outside in a fault was not entered in time after the recovery (TRF-24).',
  data: Attendance.extend({ dueOn: Day, fault: z.string().max(60) }),
});
