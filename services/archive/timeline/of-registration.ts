import type { DataOf } from '#libs/contracts/envelope.ts';
import * as enrollment from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import * as status from '#libs/contracts/events/enrollment-status.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import type { LineKind } from './kinds.ts';
import type { LinePosition, Said } from './line.ts';
import { type Reader, reader } from './reader.ts';

type Seat = { person: string; enrollment: string; school: string; status: EnrollmentStatus };
type Grades = Pick<LinePosition, 'stage' | 'entryYearAdj' | 'lastGrade'> & { frozenAt?: string | null };

const positionOf = (seat: Seat, grades: Grades): LinePosition => ({
  ...{ enrollment: seat.enrollment, school: seat.school, stage: grades.stage },
  ...{ entryYearAdj: grades.entryYearAdj, lastGrade: grades.lastGrade },
  frozenAt: grades.frozenAt ?? null,
});

const HANDED_OVER: Readonly<Record<DataOf<typeof enrollment.EnrollmentHandedOver>['reason'], LineKind>> = {
  TRANSFER: 'TRANSFERRED',
  GOING_ON: 'WENT_ON',
  ADMISSION_ENDED: 'ADMISSION_ENDED',
};

const KIND_OF_STATUS = [
  [status.StudentSuspended, 'SUSPENDED'],
  [status.StudentResumed, 'RESUMED'],
  [status.StudentWithdrawn, 'WITHDRAWN'],
  [status.StudentExpelled, 'EXPELLED'],
  [status.StudentLeftOther, 'LEFT_OTHER'],
  [status.EnrollmentReactivated, 'CAME_BACK'],
  [status.StudentWentAbroad, 'WENT_ABROAD'],
  [status.StudentReturned, 'RETURNED'],
  [status.EnrollmentCancelled, 'CANCELLED'],
  [status.DuplicateEnrollmentEnded, 'DUPLICATE_ENDED'],
  [status.GradeChanged, 'GRADE_CHANGED'],
  [status.ProgressAssessed, 'PROGRESS_ASSESSED'],
  [status.StudentGraduated, 'GRADUATED'],
  [status.StudentCompleted, 'COMPLETED'],
  [status.GraduationRolledBack, 'GRADUATION_ROLLED_BACK'],
  [status.StudentAdmitted, 'ADMITTED'],
  [status.AdmissionRolledBack, 'ADMISSION_ROLLED_BACK'],
  [status.AdmissionCancelled, 'ADMISSION_CANCELLED'],
] as const satisfies readonly (readonly [status.StatusEvent, LineKind])[];

/** What changes how a registration stands, and leaves where it is. */
const standing = ({ person, school, status }: Seat, kind: LineKind): Said => ({
  ...{ person, kind, unit: school, status },
});

/** Lines of what enrollment tells. */
export const readersOfRegistration: readonly Reader[] = [
  reader(enrollment.EnrollmentRegistered, (data) => ({
    ...standing(data, 'REGISTERED'),
    position: positionOf(data, data),
  })),
  reader(enrollment.EnrollmentApproved, (data) => standing(data, 'APPROVED')),
  reader(enrollment.EnrollmentRejected, (data) =>
    standing(data, data.final ? 'REFUSED' : 'RETURNED_TO_SCHOOL'),
  ),
  reader(enrollment.EnrollmentResubmitted, (data) => ({
    ...standing(data, 'HANDED_IN_AGAIN'),
    position: data.corrected ? positionOf(data, data.corrected) : null,
  })),
  reader(enrollment.EnrollmentHandedOver, (data) => ({
    ...{ person: data.person, kind: HANDED_OVER[data.reason], unit: data.from.school, toUnit: data.school },
    ...{ status: data.status, position: positionOf(data, data) },
  })),
  reader(EnrollmentMoved, (data) => ({
    ...{ person: data.person, kind: 'SCHOOL_MERGED', unit: data.from.school, toUnit: data.school },
    ...{ matter: data.merger, status: data.status, position: positionOf(data, data.position) },
  })),
  ...KIND_OF_STATUS.map(([kind, line]) =>
    reader<status.StatusEvent>(kind, (data) => ({
      ...standing(data, line),
      ...{ matter: data.case, position: positionOf(data, data.position) },
    })),
  ),
];
