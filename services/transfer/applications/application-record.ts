import type { Stage, TransferApplicationState } from '#libs/contracts/vocabulary.ts';
import type { CaseKind } from '#libs/law/transfer/kinds.ts';
import type { CaseSide } from '../cases/case-record.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { PaperKind } from '../cases/request.ts';
import type { FamilyReason } from './family-request.ts';

/** A family's application as it is kept: nothing that identifies the child stands open. */
export type ApplicationRecord = {
  id: string;
  person: string;
  /** Position of the school that is to answer, or of the county that is to name one. */
  place: number;
  province: string;
  /** Null while the county arranges one. */
  school: string | null;
  /** The registry authority of the school, or the county that is to name one. */
  authority: string;
  state: TransferApplicationState;
  kind: CaseKind;
  stage: Stage;
  grade: number;
  reason: FamilyReason;
  /** Name and day of birth of the child. */
  sealed: Uint8Array;
  /** What the law said of it when it was made. */
  findings: readonly CaseFinding[];
  /** Where the child was registered when the family applied; stays inside. */
  source: Omit<CaseSide, 'stage'>;
  /** The server's day: no family and no school dates it back. */
  appliedOn: string;
  appliedBy: string;
  appliedAt: string;
  dueOn: string;
  provisional: boolean;
  calendarVersion: string;
  /** From which day and how many working days the day was counted. */
  counted?: { from: string; workingDays: number };
  /** The county has named the school (TRF-10). */
  arranged: boolean;
  /** The school that the county's registrar has proposed, for its head to decide on. */
  proposal: { school: string; by: string; at: string } | null;
  /** The last day on which the arranged place is kept; null where none is. */
  placeKeptUntil: string | null;
  /** The application for want of whose place the county was asked. */
  follows: string | null;
  papersAsked: readonly PaperKind[];
  answeredBy: string | null;
  answeredAt: string | null;
  reasons: readonly string[];
  note: string | null;
  /** The case that was put together from it. */
  transfer: string | null;
  endedAt: string | null;
  version: number;
  events: number;
};

/** True while somebody has yet to do something about it. */
export const isOpen = ({ endedAt }: Pick<ApplicationRecord, 'endedAt'>): boolean => endedAt === null;

/** Context under which name and day of birth of an applicant are sealed. */
export const applicantContext = (application: string): string => `transfer-applicant:${application}`;
