import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Instant, Place, UnitCode, Uuid } from '../ids.ts';
import {
  EthnicGroupClass,
  Gender,
  IdDocumentType,
  ProblemRecordKind,
  StudentNumberKind,
} from '../vocabulary.ts';

const source = 'identity';

/** Where the person is registered: for routing and counting, never for naming. */
const Whereabouts = z.object({ person: Uuid, province: UnitCode, place: Place });

/** What a person counts as by what identity owns; it stands over what a registration said of it before. */
export const CountedIdentity = z.object({ gender: Gender, documentType: IdDocumentType });
export type CountedIdentity = z.infer<typeof CountedIdentity>;

/** Told where a form has replaced what was known of the person. */
const counted = CountedIdentity.optional();

/** What a person counts as by living data and group: codes only. */
export const CountedLiving = z.object({
  boarder: z.boolean(),
  leftBehind: z.boolean(),
  migrant: z.boolean(),
  residencePermit: z.boolean(),
  disabled: z.boolean(),
  ethnicGroup: EthnicGroupClass,
});
export type CountedLiving = z.infer<typeof CountedLiving>;

/** Told where an update or another form says something else of it. */
const living = CountedLiving.optional();

export const TemporaryNumberAssigned = defineEvent({
  type: 'TemporaryNumberAssigned',
  source,
  version: 1,
  summary: 'A new person received a temporary number (ID-04, ID-05).',
  data: Whereabouts.extend({ kind: z.literal('L_TEMPORARY'), counted, living }),
});

export const PreschoolNumberContinued = defineEvent({
  type: 'PreschoolNumberContinued',
  source,
  version: 1,
  summary: 'An existing number is carried on at primary entry (ID-31).',
  data: Whereabouts.extend({ kind: StudentNumberKind, counted, living }),
});

export const FormalNumberIssued = defineEvent({
  type: 'FormalNumberIssued',
  source,
  version: 1,
  summary: 'The yearly issue gave a formal number (ID-07, ID-08).',
  data: Whereabouts.extend({ kind: z.enum(['G_FORMAL', 'J_FORMAL']) }),
});

export const IdentityComparisonFailed = defineEvent({
  type: 'IdentityComparisonFailed',
  source,
  version: 1,
  summary: 'The population register disagrees; the temporary number stays (ID-07).',
  data: Whereabouts,
});

export const ProblemRecordOpened = defineEvent({
  type: 'ProblemRecordOpened',
  source,
  version: 1,
  summary: 'A problem record was opened (ID-19).',
  data: Whereabouts.extend({ problem: Uuid, kind: ProblemRecordKind }),
});

export const NumberClosed = defineEvent({
  type: 'NumberClosed',
  source,
  version: 1,
  summary: 'The number of a finally refused registration was closed; its history stays (ID-32).',
  data: Whereabouts,
});

export const StudentInfoUpdated = defineEvent({
  type: 'StudentInfoUpdated',
  source,
  version: 1,
  summary: 'What is kept of a person was corrected or brought up to date; the fields stay with their owner.',
  data: Whereabouts.extend({ counted, living }),
});

export const GuardianLinked = defineEvent({
  type: 'GuardianLinked',
  source,
  version: 1,
  summary: 'A guardian’s login was tied to a child on proof (PRV-11).',
  data: Whereabouts.extend({ subject: z.string(), from: Instant }),
});

export const GuardianUnlinked = defineEvent({
  type: 'GuardianUnlinked',
  source,
  version: 1,
  summary: 'The tie between a guardian’s login and a child ended.',
  data: Whereabouts.extend({ subject: z.string(), to: Instant }),
});
