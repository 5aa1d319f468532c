import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Instant, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { OrgLevel, Ownership, SchoolKind, SchoolState, SchoolSystem, Stage } from '../vocabulary.ts';

const source = 'organization';

export const UnitFact = z.object({
  code: UnitCode,
  name: z.string(),
  level: OrgLevel,
  parent: UnitCode.nullable(),
  province: UnitCode,
  lo: Place,
  hi: Place,
});

/** Where the registrations of a school go on, from the beginning of a day: by a merger, or under the code of another type. */
export const Succession = z.object({ merger: Uuid, into: SchoolCode, from: Day });
export type Succession = z.infer<typeof Succession>;

/** The area from which a senior school admits, from the beginning of a day; `within`: the unit of whose areas it is one. */
export const AdmissionArea = z.object({ area: z.string(), within: UnitCode, from: Day });
export type AdmissionArea = z.infer<typeof AdmissionArea>;

export const SchoolFact = z.object({
  code: SchoolCode,
  name: z.string(),
  kind: SchoolKind,
  stages: z.array(z.object({ stage: Stage, firstYear: z.int(), lastYear: z.int() })),
  system: SchoolSystem,
  ownership: Ownership,
  state: SchoolState,
  authority: UnitCode,
  province: UnitCode,
  city: UnitCode.nullable(),
  county: UnitCode.nullable(),
  place: Place,
  /** Decided, under way or done; missing from events before it was told. */
  succession: Succession.nullish(),
  /** Admission areas of a senior school by their days (TRF-15); missing where none was named. */
  admissionAreas: z.array(AdmissionArea).nullish(),
  /** The authority that a private school answers to, where it is another than the registry authority (TRF-25). */
  competentAuthority: UnitCode.nullish(),
});

/** Many units in one event: the tree changes rarely and as a whole. */
export const UnitsSet = defineEvent({
  type: 'UnitsSet',
  source,
  version: 1,
  summary: 'Units of the management tree were created or changed.',
  data: z.object({ units: z.array(UnitFact).max(500) }),
});

export const SchoolSet = defineEvent({
  type: 'SchoolSet',
  source,
  version: 1,
  summary: 'A school was created, renamed, changed, merged or closed; the whole public record is carried.',
  data: SchoolFact,
});

/** How somebody can be reached with a complaint. */
export const ComplaintChannel = z.enum(['PHONE', 'MAILBOX']);

export const ComplaintContactsPublished = defineEvent({
  type: 'ComplaintContactsPublished',
  source,
  version: 1,
  summary:
    'An authority published where people turn with complaints; all of its contacts are carried (TKT-02).',
  data: z.object({
    unit: UnitCode,
    province: UnitCode,
    contacts: z.array(z.object({ kind: ComplaintChannel, channel: z.string() })).max(10),
  }),
});

export const MergerKind = z.enum(['MERGER', 'CHANGE_OF_TYPE']);

export const SchoolMergerDecided = defineEvent({
  type: 'SchoolMergerDecided',
  source,
  version: 1,
  summary: 'An authority decided that schools go on in another one from a day on; pupils move from then.',
  data: z.object({
    merger: Uuid,
    kind: MergerKind,
    standing: SchoolCode,
    ending: z.array(SchoolCode).min(1).max(20),
    from: Day,
    authority: UnitCode,
    province: UnitCode,
  }),
});

export const SchoolMergerRevoked = defineEvent({
  type: 'SchoolMergerRevoked',
  source,
  version: 1,
  summary:
    'The authority that had decided on a merger took it back before its day; every school stays as it is.',
  data: z.object({
    merger: Uuid,
    standing: SchoolCode,
    ending: z.array(SchoolCode).min(1).max(20),
    authority: UnitCode,
    province: UnitCode,
  }),
});

export const SchoolMerged = defineEvent({
  type: 'SchoolMerged',
  source,
  version: 1,
  summary: 'A school ended in another one: no registration is left in it.',
  data: z.object({
    merger: Uuid,
    kind: MergerKind,
    school: SchoolCode,
    into: SchoolCode,
    on: Day,
    moved: z.int().min(0),
    province: UnitCode,
  }),
});

export const SchoolClosureDecided = defineEvent({
  type: 'SchoolClosureDecided',
  source,
  version: 1,
  summary:
    'An authority decided to close a school; it ends once no pupil is left and its archives have their custodian (ARC-14).',
  data: z.object({
    closure: Uuid,
    school: SchoolCode,
    place: Place,
    authority: UnitCode,
    /** The authority that its archives go to, or that names who keeps them. */
    competentAuthority: UnitCode,
    province: UnitCode,
  }),
});

export const SchoolClosureRevoked = defineEvent({
  type: 'SchoolClosureRevoked',
  source,
  version: 1,
  summary:
    'The authority that had decided to close a school took that back while it waited; the school stays.',
  data: z.object({
    closure: Uuid,
    school: SchoolCode,
    place: Place,
    authority: UnitCode,
    province: UnitCode,
  }),
});

export const PromotionSet = defineEvent({
  type: 'PromotionSet',
  source,
  version: 1,
  summary: 'The instant at which a school year’s promotion takes effect, entered ahead of time (ENR-28).',
  data: z.object({ schoolYear: z.int(), effectiveAt: Instant }),
});

export const TermCalendarSet = defineEvent({
  type: 'TermCalendarSet',
  source,
  version: 1,
  summary: 'Opening and closing days of the terms of a school year in a region (ORG-28).',
  data: z.object({
    region: UnitCode,
    schoolYear: z.int(),
    terms: z.array(z.object({ term: z.int().min(1).max(2), opensOn: Day, closesOn: Day })),
  }),
});

export const ExamRegistrationSet = defineEvent({
  type: 'ExamRegistrationSet',
  source,
  version: 1,
  summary:
    'The last day of the registration for the college entrance examination in a region and school year was announced (TRF-16).',
  data: z.object({ region: UnitCode, schoolYear: z.int(), endsOn: Day }),
});

/** The working days of a year as the ministry published them; each issue of a year replaces the one before. */
export const IssuedYear = z.object({
  year: z.int(),
  issue: z.int().min(1),
  /** The announcement that says so. */
  basis: z.string(),
  holidays: z.array(Day),
  makeUpDays: z.array(Day),
});

export const WorkingDaysPublished = defineEvent({
  type: 'WorkingDaysPublished',
  source,
  version: 1,
  summary: 'The nation’s days off and make-up days of a year were published, or issued anew (ORG-28).',
  data: IssuedYear,
});

export const GradeChangeKind = z.enum(['GRADE_SKIP', 'GRADE_REPEAT']);
export const GradePermissionSetting = z.enum(['FORBIDDEN', 'CITY', 'COUNTY']);

export const GradePermissionSet = defineEvent({
  type: 'GradePermissionSet',
  source,
  version: 1,
  summary: 'A province has set from which level on skipping or repeating may be processed (ACC-16).',
  data: z.object({ province: UnitCode, kind: GradeChangeKind, setting: GradePermissionSetting }),
});

export type IssuedYear = z.infer<typeof IssuedYear>;
export type MergerKind = z.infer<typeof MergerKind>;
export type GradeChangeKind = z.infer<typeof GradeChangeKind>;
export type GradePermissionSetting = z.infer<typeof GradePermissionSetting>;
export type UnitFact = z.infer<typeof UnitFact>;
export type SchoolFact = z.infer<typeof SchoolFact>;
