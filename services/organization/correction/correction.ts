import type { z } from 'zod';
import type { CorrectionState, ViolationKind } from '#libs/contracts/events/correction.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';

export type Violation = z.infer<typeof ViolationKind>;

/** A breach that an authority found, and what became of it (ORG-23). */
export type CorrectionOrder = {
  orderId: string;
  /** Code of the school or unit that is to correct. */
  target: string;
  isSchool: boolean;
  /** The unit in whose line the target stands. */
  unit: string;
  province: string;
  place: number;
  kind: Violation;
  evidence: string;
  /** The complaint or slip that it rests on. */
  ticket: string | null;
  orderedBy: string;
  orderedAt: Date;
  dueOn: IsoDate;
  provisional: boolean;
  calendarVersion: string;
  state: z.infer<typeof CorrectionState>;
  measures: string | null;
  reportedAt: Date | null;
  /** What was said to the report when it was accepted or given back. */
  remark: string | null;
  closedAt: Date | null;
  closedBy: string | null;
  escalatedTo: string | null;
  escalatedAt: Date | null;
  /** What the law said when it was ordered. */
  findings: Finding[];
  version: number;
};

/** Who has the say over an order: the next level once it has taken it up, else who gave it. */
export const inChargeOf = ({ escalatedTo, orderedBy }: CorrectionOrder): string => escalatedTo ?? orderedBy;
