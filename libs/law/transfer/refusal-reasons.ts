/** Lawful reasons that are the receiving side's to judge, or lie in its places and windows; the family applies there. */
const OF_THE_TARGET = [
  'NO_PLACE_AVAILABLE',
  'OUTSIDE_ACCEPTANCE_WINDOW',
  'PRIVATE_SCHOOL_QUOTA_REVIEW',
  'ADMISSION_CONDITION_NOT_MET',
  'NOT_THREE_YEAR_MAJOR',
  'UNDER_AGE_CROSS_PROVINCE',
  'GROUND_NOT_MET',
  'SENIOR_GROUND_NOT_MET',
  'GRADE_CHANGE_FORBIDDEN',
  'GUARDIAN_WITHDREW',
] as const;

/** The closed list of lawful reasons to refuse a step (TRF-52); those of the target are open to the receiving side alone. */
export const LAWFUL_REJECTION_REASONS = [
  ...OF_THE_TARGET,
  'GRADE_TERM_CLOSED',
  'SAME_ADMISSION_AREA',
  'EXAM_REGISTRATION_CLOSED',
  'SUSPENDED',
  'UNDER_DISCIPLINE',
  'REASON_PROOF_MISSING',
  'PROOF_NOT_GENUINE',
  'REGISTRATION_INFO_WRONG',
  'OUTSIDE_VOCATIONAL_WINDOW',
  'INTRA_DISTRICT_TRANSFER',
] as const;
export type LawfulRejectionReason = (typeof LAWFUL_REJECTION_REASONS)[number];

/**
 * Reasons that no refusal may rest on, by the rule that forbids them: a temporary number (ID-06), no registration or one
 * that has not arrived (ENR-05), an open problem record (ENR-32), a paper that was not to be asked for (TRF-22), what the
 * receiving province is suspected of or demands (TRF-36).
 */
export const FORBIDDEN_REJECTION_REASONS = [
  'TEMPORARY_NUMBER',
  'NO_REGISTRATION',
  'REGISTRATION_NOT_ARRIVED',
  'PROBLEM_RECORD_OPEN',
  'FURTHER_MATERIAL_MISSING',
  'SUSPECTED_IRREGULAR_ADMISSION',
  'SCORE_BELOW_TARGET_REQUIREMENT',
] as const;
export type ForbiddenRejectionReason = (typeof FORBIDDEN_REJECTION_REASONS)[number];

/**
 * What a person picks from. The forbidden ones stand in the list, so that whoever means one of them picks it and is told,
 * instead of hiding it in words.
 */
export const REJECTION_REASONS = [...LAWFUL_REJECTION_REASONS, ...FORBIDDEN_REJECTION_REASONS] as const;
export type RejectionReason = (typeof REJECTION_REASONS)[number];

const TARGET_ONLY: ReadonlySet<string> = new Set(OF_THE_TARGET);
const LAWFUL: ReadonlySet<string> = new Set(LAWFUL_REJECTION_REASONS);

/** True for a reason of the closed list. */
export const isLawfulReason = (reason: string): reason is LawfulRejectionReason => LAWFUL.has(reason);

/** True for a lawful reason that only the receiving side may give. */
export const isReasonOfTarget = (reason: string): boolean => TARGET_ONLY.has(reason);
