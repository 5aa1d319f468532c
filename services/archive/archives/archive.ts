import type { SendBackReason } from '#libs/contracts/events/archive.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { Custody } from '#libs/law/archive/custody.ts';
import type { HandOverReason } from '#libs/law/archive/handing-over.ts';

/** Where the registration is that an archive belongs to, and how it stands. */
export type Seat = {
  enrollment: string;
  school: string;
  place: number;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
};

/** The archive of a student: one for life, wherever it lies. */
export type Archive = Seat & {
  id: string;
  person: string;
  enteredOn: string;
  /** The last day for the school to open it, and a county's shorter target (ARC-01). */
  dueOn: string | null;
  targetOn: string | null;
  openedOn: string | null;
  /** When it was last brought up to date, and when it last came from another unit (ARC-07). */
  refreshedOn: string | null;
  receivedOn: string | null;
  custody: Custody;
  custodianPlace: number;
  /** What is owed to another unit; null while nobody waits. */
  handOver: HandOver | null;
  /** The county of the household of a migrant dropout, where it stands, and since when it has called for the archive (ARC-22). */
  household: Household | null;
  /** How many entries it holds, and the hash of the last one. */
  entries: number;
  lastHash: string | null;
  /** Grows with every change that a transfer depends on. */
  standing: number;
  version: number;
  events: number;
};

/** Who may call for an archive; `calledAt`: null while it has not. */
export type Household = { county: string; place: number; calledAt: string | null };

/** That an archive was sent back, and why. */
export type SentBack = { on: string; reason: SendBackReason };

/** A hand-over under way; `place`: where the receiving unit stands in the tree. */
export type HandOver = {
  place: number;
  reason: HandOverReason;
  owedAt: string;
  dueOn: string;
  passedOnOn: string | null;
  /** When and why it last came back; null where it never did. */
  sentBack: SentBack | null;
  lateRecordedOn: string | null;
};
