import type { DataOf, Envelope } from '#libs/contracts/envelope.ts';
import { readEvent } from '#libs/contracts/envelope.ts';
import type { EnrollmentCaseMoved } from '#libs/contracts/events/enrollment-case.ts';
import * as status from '#libs/contracts/events/enrollment-status.ts';
import type { ArchivableChange } from '#libs/law/archive/specialized-education.ts';

/** What an event about the state of a registration means for the archive; `ends`: studies are over, `goesOn`: they go on after all. */
export type StatusMeaning = { change: ArchivableChange; ends?: 'ALWAYS' | 'SENIOR'; goesOn?: true };

const MEANINGS = [
  [status.StudentSuspended, { change: 'SUSPENDED' }],
  [status.StudentResumed, { change: 'RESUMED' }],
  [status.StudentWithdrawn, { change: 'WITHDRAWN', ends: 'ALWAYS' }],
  [status.StudentExpelled, { change: 'EXPELLED', ends: 'ALWAYS' }],
  [status.StudentLeftOther, { change: 'LEFT_OTHER' }],
  [status.EnrollmentReactivated, { change: 'CAME_BACK', goesOn: true }],
  [status.StudentWentAbroad, { change: 'WENT_ABROAD' }],
  [status.StudentReturned, { change: 'RETURNED', goesOn: true }],
  [status.EnrollmentCancelled, { change: 'CANCELLED', ends: 'ALWAYS' }],
  [status.GradeChanged, { change: 'GRADE_CHANGED' }],
  [status.StudentGraduated, { change: 'GRADUATED', ends: 'SENIOR' }],
  [status.StudentCompleted, { change: 'COMPLETED', ends: 'ALWAYS' }],
  [status.GraduationRolledBack, { change: 'GRADUATION_ROLLED_BACK', goesOn: true }],
] as const satisfies readonly (readonly [status.StatusEvent, StatusMeaning])[];

/** The types of these events. */
export const statusTypes: readonly string[] = MEANINGS.map(([{ type }]) => type);

/** An event about the state of a registration, with what it means; undefined for any other. */
export const readStatusEvent = (
  event: Envelope,
): { meaning: StatusMeaning; data: DataOf<status.StatusEvent> } | undefined => {
  const found = MEANINGS.find(([{ type }]) => type === event.type);
  return found && { meaning: found[1], data: readEvent(found[0], event) };
};

/** What a case about a registration changes once it is done. */
export const CHANGE_OF_CASE: Readonly<Record<DataOf<typeof EnrollmentCaseMoved>['kind'], ArchivableChange>> =
  {
    SUSPENSION: 'SUSPENDED',
    RESUMPTION: 'RESUMED',
    WITHDRAWAL: 'WITHDRAWN',
    ABROAD: 'WENT_ABROAD',
    RETURN: 'RETURNED',
    OTHER_LEAVE: 'LEFT_OTHER',
    DEATH: 'CANCELLED',
    GRADE_CHANGE: 'GRADE_CHANGED',
    EXPULSION: 'EXPELLED',
    COME_BACK: 'CAME_BACK',
  };
