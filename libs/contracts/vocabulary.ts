import { z } from 'zod';

/** Closed word lists of the field; identifiers as in the glossary. */
export const Gender = z.enum(['MALE', 'FEMALE']);
export const Stage = z.enum(['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR']);
export const OrgLevel = z.enum(['MINISTRY', 'PROVINCE', 'CITY', 'COUNTY', 'SCHOOL']);
export const DepartmentKind = z.enum(['ADMINISTRATIVE', 'TECHNICAL']);
export const Ownership = z.enum(['PUBLIC', 'PRIVATE']);
export const SchoolSystem = z.enum(['S63', 'S54', 'OTHER']);
export const SchoolKind = z.enum([
  'KINDERGARTEN',
  'PRIMARY',
  'JUNIOR',
  'SENIOR',
  'SPECIAL_EDUCATION',
  'SPECIALIZED',
  'COMPREHENSIVE_CLASS_IN_VOCATIONAL',
  'ORDINARY_CLASS_IN_COMPREHENSIVE',
  'OTHER_LAWFUL',
  'VOCATIONAL',
]);
export const SchoolState = z.enum(['ACTIVE', 'CLOSED', 'MERGED']);
export const EnrollmentStatus = z.enum([
  'PENDING_APPROVAL',
  'RETURNED_TO_SCHOOL',
  'REFUSED',
  'IN_SCHOOL',
  'SUSPENDED',
  'GRADUATED',
  'ADMITTED',
  'COMPLETED',
  'WITHDRAWN',
  'EXPELLED',
  'ABROAD',
  'LEFT_OTHER',
  'CANCELLED',
  'ADMISSION_CANCELLED',
]);
export const StudentNumberKind = z.enum(['G_FORMAL', 'J_FORMAL', 'L_TEMPORARY']);
export const StudentNumberState = z.enum(['ACTIVE', 'SUPERSEDED', 'DELETED']);
export const IdDocumentType = z.enum([
  'RESIDENT_ID',
  'HK_MACAO_PERMIT',
  'TAIWAN_PERMIT',
  'PASSPORT',
  'OTHER',
  'NONE',
]);
export const OverseasCategory = z.enum([
  'NONE',
  'HONG_KONG',
  'MACAO',
  'TAIWAN',
  'OVERSEAS_CHINESE',
  'FOREIGN',
  'FOREIGN_CHILD_OF_RESIDENT',
]);
export const RegistrationChannel = z.enum([
  'PRESCHOOL_LINK',
  'PRIMARY_GRADE_ONE',
  'NON_GRADE_ONE_BATCH',
  'OVERSEAS',
  'PREVIOUS_RECORD_TRANSFER',
]);
export const ProblemRecordKind = z.enum([
  'DUPLICATE',
  'FALSE_INFORMATION',
  'PERSON_RECORD_SEPARATED',
  'RECORD_WITHOUT_PERSON',
  'PERSON_WITHOUT_RECORD',
  'COMPARISON_FAILED',
  'MISTAKEN_ADMISSION',
  'MISTAKEN_GRADUATION',
]);
/** CHANGE: of name, document, gender or birth date (W-07). DOCUMENT_SUPPLY: a resident ID number arrives (ID-09). */
export const KeyChangeKind = z.enum(['CHANGE', 'DOCUMENT_SUPPLY']);
/**
 * DRAFTED: the school's registrar has yet to hand it in. SCHOOL_HANDLED: the head of the school decides.
 * AUTHORITY_DECIDING: the registry authority does. RECHECKING: the nation is searched and the population register
 * asked. CHECK_FAILED: the school mends it.
 */
export const KeyChangeState = z.enum([
  'DRAFTED',
  'SCHOOL_HANDLED',
  'AUTHORITY_DECIDING',
  'RECHECKING',
  'CHECK_FAILED',
  'APPLIED',
  'REJECTED',
  'WITHDRAWN',
]);
export const KeyChangeParty = z.enum(['SCHOOL', 'AUTHORITY', 'SYSTEM']);
/** Papers that a change of key information rests on (ID-15). */
export const KeyProofKind = z.enum([
  'HOUSEHOLD_REGISTER',
  'ID_CARD',
  'PUBLIC_SECURITY_CERTIFICATE',
  'OTHER_PROOF',
]);
export const NumberDeletionState = z.enum(['REQUESTED', 'DELETED', 'REFUSED']);
export const EnrollmentCaseKind = z.enum([
  'SUSPENSION',
  'RESUMPTION',
  'WITHDRAWAL',
  'ABROAD',
  'RETURN',
  'OTHER_LEAVE',
  'DEATH',
  'GRADE_CHANGE',
  'EXPULSION',
  'COME_BACK',
]);
export const EnrollmentCaseState = z.enum(['RUNNING', 'DONE', 'REFUSED', 'WITHDRAWN']);
/** Where a clue of the dropout ledger came from (W-15). */
export const DropoutSource = z.enum([
  'SCHOOL',
  'DEPARTMENT',
  'NATIONAL_MARK',
  'SUSPENSION_OVERRUN',
  'NO_SHOW',
  'DEFERRAL_EXPIRED',
]);
/** RETURNED: back for good; MONITORING: back, and watched. */
export const DropoutState = z.enum([
  'CLUE',
  'CONFIRMED',
  'REPORTED',
  'PERSUADING',
  'ESCALATED',
  'MONITORING',
  'RETURNED',
  'CLEARED',
  'AGE_ENDED',
]);
/** What somebody does for a unit, as it is filed (ACC-18, ORG-07). */
export const PostRole = z.enum(['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL']);
export const AccountState = z.enum([
  'NOMINATED',
  'TRAINED',
  'FILED',
  'ACTIVE',
  'PASSWORD_DUE',
  'SEALED',
  'SUSPENDED',
  'REPLACED',
]);
/** Kinds of cases of transfer and study (TRF-35). */
export const TransferKind = z.enum([
  'IN_PROVINCE_TRANSFER',
  'CROSS_PROVINCE_TRANSFER',
  'CROSS_PROVINCE_STUDY',
  'ORDINARY_VOCATIONAL_TRANSFER',
]);
export const TransferParty = z.enum([
  'TARGET_SCHOOL',
  'PREFILING_BUREAU',
  'SOURCE_SCHOOL',
  'SOURCE_AUTHORITY',
  'TARGET_AUTHORITY',
  'TARGET_COMPETENT_AUTHORITY',
]);
export const TransferDecision = z.enum(['APPROVE', 'REFUSE']);
/**
 * APPLIED: the school is to answer; ARRANGING: the county is to name a school; TAKEN_UP: a case was put together from it;
 * SUPERSEDED: another school's case has started; COMPLETED: the registration has moved; CASE_ENDED: its case ended otherwise.
 */
export const TransferApplicationState = z.enum([
  'APPLIED',
  'ARRANGING',
  'TAKEN_UP',
  'DECLINED',
  'WITHDRAWN',
  'SUPERSEDED',
  'COMPLETED',
  'CASE_ENDED',
]);
export const EthnicGroupClass = z.enum(['HAN', 'MINORITY', 'NOT_APPLICABLE']);

export type Gender = z.infer<typeof Gender>;
export type Stage = z.infer<typeof Stage>;
export type OrgLevel = z.infer<typeof OrgLevel>;
export type EnrollmentStatus = z.infer<typeof EnrollmentStatus>;
export type StudentNumberKind = z.infer<typeof StudentNumberKind>;
export type IdDocumentType = z.infer<typeof IdDocumentType>;
export type SchoolKind = z.infer<typeof SchoolKind>;
export type EnrollmentCaseKind = z.infer<typeof EnrollmentCaseKind>;
export type DropoutSource = z.infer<typeof DropoutSource>;
export type DropoutState = z.infer<typeof DropoutState>;
export type EnrollmentCaseState = z.infer<typeof EnrollmentCaseState>;
export type ProblemRecordKind = z.infer<typeof ProblemRecordKind>;
export type StudentNumberState = z.infer<typeof StudentNumberState>;
export type KeyChangeKind = z.infer<typeof KeyChangeKind>;
export type KeyChangeState = z.infer<typeof KeyChangeState>;
export type KeyChangeParty = z.infer<typeof KeyChangeParty>;
export type KeyProofKind = z.infer<typeof KeyProofKind>;
export type NumberDeletionState = z.infer<typeof NumberDeletionState>;
export type TransferApplicationState = z.infer<typeof TransferApplicationState>;
export type PostRole = z.infer<typeof PostRole>;
export type AccountState = z.infer<typeof AccountState>;

/**
 * COMPLAINT: what somebody complains of. ISSUE: the one cause of several complaints. VERIFICATION, SUPERVISION, REPORT: the slips of
 * forms F7, F8 and F6.
 */
export const TicketKind = z.enum(['COMPLAINT', 'ISSUE', 'VERIFICATION', 'SUPERVISION', 'REPORT']);
export type TicketKind = z.infer<typeof TicketKind>;
/** By whom a complaint came; UNIT: somebody at an authority took it down or found it; SYSTEM: a step that was not done in its days. */
export const TicketOrigin = z.enum(['GUARDIAN', 'SCHOOL', 'CALL_CENTRE', 'UNIT', 'SYSTEM']);
export type TicketOrigin = z.infer<typeof TicketOrigin>;

/** The services of the registry, each with a database of its own, in the order in which their facts are needed. */
export const SERVICES = [
  'organization',
  'identity',
  'enrollment',
  'transfer',
  'archive',
  'certificate',
  'complaint-ticket',
  'statistics',
] as const;
export type ServiceName = (typeof SERVICES)[number];
