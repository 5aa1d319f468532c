import type { IsoDate } from '../dates.ts';
import type { ProgressAssessment } from '../enrollment/assessed-progress.ts';
import type { LocalGrade } from '../enrollment/compulsory-year.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import type { HandlingMode } from '../organization/handling-mode.ts';
import type { Term } from '../organization/term-calendar.ts';
import type { GroundFacts } from './grounds.ts';
import type { CaseKind } from './kinds.ts';
import type { Seats } from './places.ts';

/** A school of a case, and the pupil's grade there as it names it: attended, or to be attended. */
export type TransferSchool = LocalGrade & {
  /** Six-digit county in which the school lies, whoever manages it. */
  county: string;
  /** The area from which a senior school admits, as the city names it; absent where none is kept. */
  admissionArea?: string;
  vocational: boolean;
  /** The terms of the jurisdiction that manages the school, those around the day at least. */
  terms: readonly Term[];
  /** Last day of the registration for the college entrance examination of the school year; null: not announced. */
  examRegistrationEndsOn: IsoDate | null;
};

/** The receiving school with what it offers. */
export type ReceivingSchool = TransferSchool & {
  specialized: boolean;
  ownership: 'PUBLIC' | 'PRIVATE';
  seats: { grade: Seats; schoolClass?: Seats };
  /** Of a vocational school: the major lasts three years. */
  threeYearMajor: boolean;
};

/** The pupil, as identity and enrollment know them. Nothing about the kind of number or an open problem record. */
export type TransferPupil = {
  status: EnrollmentStatus;
  underDiscipline: boolean;
  birthDate: IsoDate;
  /** Another case of this pupil runs. */
  openCase: boolean;
  /** The active registration is at the receiving school already. */
  registeredAtTarget: boolean;
  /** A disabled graduate's assessment of going on: null where there is none; absent for who is not disabled (ENR-24). */
  goingOn?: ProgressAssessment | null;
};

/** Why, and what has been shown and judged of it; each rule reads what concerns its kind of case. */
export type TransferReason = GroundFacts & {
  /** Compulsory: the receiving place's requirements are met. */
  meetsLocalRequirements: boolean;
  /** Senior, as `SeniorGroundFacts`. */
  residenceMoved: boolean;
  targetAtHousehold: boolean;
  comparableLevel: boolean | null;
  /** Between senior and vocational schools, as `VocationalGroundFacts`. */
  conditionsMet: boolean;
  admissionConditionMet: boolean;
};

/** Everything the law looks at when the receiving school starts a case. */
export type TransferStartFacts = {
  kind: CaseKind;
  /** The day on which the guardian applied at the receiving school. */
  appliedOn: IsoDate;
  pupil: TransferPupil;
  source: TransferSchool;
  target: ReceivingSchool;
  reason: TransferReason;
  application: { wantedBy: 'FAMILY' | 'SCHOOL'; guardianApplied: boolean; writtenApplication: boolean };
  papers: {
    reasonProofUploaded: boolean;
    paperForm: boolean;
    /** Senior pupils from another province. */
    academicTest: { hasSatAcademicTest: boolean; proofOnFile: boolean };
  };
  handling: { mode: HandlingMode; faultReference: string | null; familyWishes: boolean };
  /** About another grade than the matching one. */
  gradeChange: { countyConsent: boolean; nineYearsGuaranteed: boolean };
  /** The bureau has approved the filing, where one is asked. */
  prefilingApproved: boolean;
  /** Into a private school: its authorities have weighed the case and approved (TRF-25). */
  privateSchoolReviewed: boolean;
};
