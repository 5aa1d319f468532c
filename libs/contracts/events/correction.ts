import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, SchoolCode, UnitCode, Uuid } from '../ids.ts';

const source = 'organization';
const version = 1;

/** Breaches that are kept: those of a school (ORG-21, ORG-22, PRV-10), that of an authority (ORG-20), and of the rules on data by staff of either (PRV-09). */
export const ViolationKind = z.enum([
  'NO_ARCHIVE_FOR_ACCEPTED_STUDENT',
  'FALSE_REGISTRATION_OR_ARCHIVE',
  'CHANGES_NOT_ARCHIVED',
  'DROPOUTS_NOT_REPORTED',
  'ACCEPTED_STUDENT_NOT_TRANSFERRED',
  'ARCHIVE_NOT_PASSED_ON',
  'LEAK_OR_UNLAWFUL_USE',
  'LAX_MANAGEMENT',
  'UNAUTHORISED_ALTERATION',
  'OTHER',
  'BREACH_BY_AUTHORITY',
  'DATA_RULES_BROKEN',
]);

export const CorrectionState = z.enum(['ORDERED', 'REPORTED', 'CLOSED']);

/** What every event of a correction order carries; evidence and measures stay with organization. */
const CorrectionFact = z.object({
  order: Uuid,
  /** Code of the school or unit that is to correct. */
  target: z.union([UnitCode, SchoolCode]),
  province: UnitCode,
  kind: ViolationKind,
  orderedBy: UnitCode,
  state: CorrectionState,
  dueOn: Day,
  provisional: z.boolean(),
  /** The next level, once it has taken the order up. */
  escalatedTo: UnitCode.nullable(),
  /** The complaint or slip that it rests on; missing where it rests on none. */
  ticket: Uuid.optional(),
});
export type CorrectionFact = z.infer<typeof CorrectionFact>;

const kind = <Type extends string>(type: Type, summary: string) =>
  defineEvent({ type, source, version, summary, data: CorrectionFact });

export const CorrectionOrdered = kind('CorrectionOrdered', 'A breach is to be put right by a day (ORG-23).');
export const CorrectionReported = kind('CorrectionReported', 'The correction was reported.');
export const CorrectionReturned = kind(
  'CorrectionReturned',
  'The report was not accepted; the order stands.',
);
export const CorrectionClosed = kind('CorrectionClosed', 'The correction was accepted.');
export const CorrectionEscalated = kind(
  'CorrectionEscalated',
  'The breach was not put right in time and the next level takes it up (ORG-23).',
);
export const CorrectionDueMoved = kind(
  'CorrectionDueMoved',
  'The day was counted again after working days were published (ORG-28).',
);
