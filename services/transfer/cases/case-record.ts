import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { TransferCourse, TransferStep } from '#libs/law/transfer/course.ts';
import type { CaseKind } from '#libs/law/transfer/kinds.ts';
import type { CallUp } from '../call-up/call-up-rows.ts';
import type { Filing } from '../filing/filing.ts';
import type { CaseFinding } from './own-finding.ts';
import type { CaseRequest, PaperKind } from './request.ts';

/** One side of a case: the school, where it lies and its registry authority. */
export type CaseSide = { school: string; place: number; province: string; authority: string; stage: Stage };

/** An authority by its code, and its place in the tree. */
export type Competence = { authority: string; place: number };

/** Where the pupil goes: the cohort, and the class where one is chosen. */
export type Destination = CaseSide & {
  grade: number;
  entryYearAdj: number;
  lastGrade: number;
  schoolClass: string | null;
  /** The competent authority that decides beside the registry authority (TRF-25); null where none does. */
  competent: Competence | null;
};

/** A step as it is kept: beside what the machine knows, the day of the report, the reasons of a refusal and a note. */
export type KeptStep = TransferStep & {
  /** The last day before the step goes into the monthly report (STA-01). */
  reportDueOn: string;
  /** The working days or the vacation that it was counted with are not all known yet. */
  reportProvisional: boolean;
  reasons: readonly string[];
  note: string | null;
};

/** A case as it is kept, with every step that was opened. */
export type CaseRecord = Omit<TransferCourse, 'steps'> & {
  id: string;
  person: string;
  enrollment: string;
  /** The pupil is away and the grade stands still (TRF-21): no promotion moves it on. */
  standsStill: boolean;
  /** Version of the registration that was judged last. */
  registrationVersion: number;
  kind: CaseKind;
  source: CaseSide;
  target: Destination;
  request: CaseRequest;
  papers: readonly PaperKind[];
  /** The pupil's day of birth, sealed: for the law alone. */
  sealed: Uint8Array;
  /** The filing sheet, once it was handed in with the bureau (TRF-46). */
  filing: Filing | null;
  /** The receiving authority has consented to another grade (TRF-18). */
  gradeConsent: boolean;
  /** What the law says of it, as it was judged last. */
  findings: readonly CaseFinding[];
  /** The day whose law the case keeps: that of the start, before it that of the draft. */
  policyOn: string;
  openedAt: string;
  openedBy: string;
  startedAt: string | null;
  /** Instant from which it is purged, of a draft from which it is discarded. */
  purgeAt: string | null;
  approvedAt: string | null;
  /** Across provinces, from the last approval on. */
  callUp: CallUp | null;
  endedAt: string | null;
  /** Instant before which the move of the registration is not tried again. */
  waitsUntil: string | null;
  /** The held place is to be given back. */
  releasePlace: boolean;
  version: number;
  /** Events that were told of it. */
  events: number;
  steps: readonly KeptStep[];
};
