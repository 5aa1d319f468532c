import { DropoutMarked, DropoutReturned } from '#libs/contracts/events/dropout.ts';
import {
  EnrollmentApproved,
  EnrollmentHandedOver,
  EnrollmentRegistered,
  EnrollmentRejected,
} from '#libs/contracts/events/enrollment.ts';
import { EnrollmentMoved } from '#libs/contracts/events/enrollment-move.ts';
import {
  AdmissionCancelled,
  DuplicateEnrollmentEnded,
  EnrollmentCancelled,
  EnrollmentReactivated,
  GraduationRolledBack,
  StudentCompleted,
  StudentExpelled,
  StudentGraduated,
  StudentLeftOther,
  StudentResumed,
  StudentReturned,
  StudentSuspended,
  StudentWentAbroad,
  StudentWithdrawn,
} from '#libs/contracts/events/enrollment-status.ts';

/** What brings a pupil in, takes it out, or marks it where it stays; OTHER for whatever else does. */
export const FLOW_KINDS = [
  'REGISTRATION',
  'GOING_ON',
  'TRANSFER',
  'MERGER',
  'RETURN',
  'RETURN_FROM_ABROAD',
  'GRADUATION_UNDONE',
  'GRADUATION',
  'COMPLETION',
  'WITHDRAWAL',
  'EXPULSION',
  'LEFT_OTHER',
  'ABROAD',
  'DEATH',
  'REFUSAL',
  'ADMISSION_ENDED',
  'DUPLICATE_ENDED',
  'OTHER',
  'SUSPENSION',
  'RESUMPTION',
  'DROPOUT',
  'DROPOUT_RETURN',
] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** What is told of pupils who stay where they are, or are called away and back without leaving the count. */
const marks: ReadonlySet<FlowKind> = new Set(['SUSPENSION', 'RESUMPTION', 'DROPOUT', 'DROPOUT_RETURN']);
export const isMark = (kind: FlowKind): boolean => marks.has(kind);

const byType: ReadonlyMap<string, FlowKind> = new Map([
  [EnrollmentRegistered.type, 'REGISTRATION'],
  [EnrollmentApproved.type, 'REGISTRATION'],
  [EnrollmentRejected.type, 'REFUSAL'],
  [EnrollmentMoved.type, 'MERGER'],
  [StudentSuspended.type, 'SUSPENSION'],
  [StudentResumed.type, 'RESUMPTION'],
  [StudentWithdrawn.type, 'WITHDRAWAL'],
  [StudentExpelled.type, 'EXPULSION'],
  [StudentLeftOther.type, 'LEFT_OTHER'],
  [EnrollmentReactivated.type, 'RETURN'],
  [StudentWentAbroad.type, 'ABROAD'],
  [StudentReturned.type, 'RETURN_FROM_ABROAD'],
  [EnrollmentCancelled.type, 'DEATH'],
  [DuplicateEnrollmentEnded.type, 'DUPLICATE_ENDED'],
  [StudentGraduated.type, 'GRADUATION'],
  [StudentCompleted.type, 'COMPLETION'],
  [GraduationRolledBack.type, 'GRADUATION_UNDONE'],
  [AdmissionCancelled.type, 'ADMISSION_ENDED'],
  [DropoutMarked.type, 'DROPOUT'],
  [DropoutReturned.type, 'DROPOUT_RETURN'],
]);

/** The kind of flow that an event is, should it move anybody; `reason` is that of a registration handed over. */
export const kindOf = (type: string, reason?: string): FlowKind => {
  if (type !== EnrollmentHandedOver.type) return byType.get(type) ?? 'OTHER';
  return FLOW_KINDS.find((kind) => kind === reason) ?? 'OTHER';
};
