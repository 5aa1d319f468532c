import type { z } from 'zod';
import type { Succession } from '#libs/contracts/events/organization.ts';
import type { Ownership, SchoolKind, SchoolState } from '#libs/contracts/vocabulary.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { AdmissionArea } from '#libs/law/organization/admission-area.ts';
import type { ManagedBy } from '../tree/registry-authority.ts';
import type { StageSpan, System } from './stages.ts';

/** 举办者 (001 A2; 002 A2). */
export type Sponsor =
  | 'GOVERNMENT'
  | 'ENTERPRISE_OR_INSTITUTION'
  | 'SOCIAL_GROUP'
  | 'OTHER_ORGANISATION'
  | 'INDIVIDUAL';

/** A school as the registry knows it. */
export type School = {
  /** 学校标识码, ten digits; names this school of this type for ever. */
  code: string;
  name: string;
  kind: SchoolKind;
  stages: StageSpan[];
  system: System;
  /** Private schools are covered like others (ORG-29). */
  ownership: z.infer<typeof Ownership>;
  sponsor: Sponsor;
  state: z.infer<typeof SchoolState>;
  managedBy: ManagedBy;
  /** Registry authority, unit code; found by `registryAuthorityOf` (ORG-11). */
  authority: string;
  /** The unit under which the school stands, at or below the authority; unit code. */
  unit: string;
  /** Position in the management tree. */
  place: number;
  openedOn: IsoDate;
  /** First day on which the school was no longer active; null while it is. */
  endedOn: IsoDate | null;
  formerNames: { name: string; until: IsoDate }[];
  /** The school of another type that this one was before; code. */
  predecessor: string | null;
  /** The school that goes on with this one's work since it ended; code. */
  successor: string | null;
  /** Where its registrations go on, once an authority has decided so; null else. */
  succession: Succession | null;
  /** Areas from which a senior school admits, by their first days (TRF-15); empty while none was named. */
  admissionAreas: AdmissionArea[];
  /** The authority that a private school answers to, where it is not the registry authority (TRF-25); unit code. */
  competentAuthority: string | null;
};

/** A request that cannot be carried out whatever the law says. */
export type SchoolProblem = {
  code:
    | 'NO_STAGE'
    | 'STAGE_NOT_OF_KIND'
    | 'STAGES_NOT_CONTIGUOUS'
    | 'SPANS_MISSING'
    | 'NAME_MISSING'
    | 'NAME_UNCHANGED'
    | 'TYPE_UNCHANGED'
    | 'SCHOOL_NOT_ACTIVE'
    | 'BEFORE_OPENING'
    | 'SCHOOL_MERGING'
    | 'SAME_SCHOOL'
    | 'OTHER_PROVINCE'
    | 'DAY_PAST'
    | 'DAY_NOT_AHEAD'
    | 'NOT_SENIOR'
    | 'AREA_MISSING'
    | 'AREA_ELSEWHERE'
    | 'NOT_PRIVATE'
    | 'NO_AUTHORITY_OF_PROVINCE';
  path: string[];
};

/**
 * Outcome of a decision: the schools that it changes, as they are afterwards, or nothing but all the reasons
 * against it: `findings` of the law, `problems` of the request.
 */
export type SchoolDecision = { schools: School[]; findings: Finding[]; problems: SchoolProblem[] };

/** A decision that takes effect. */
export const decided = (...schools: School[]): SchoolDecision => ({ schools, findings: [], problems: [] });

/** A decision that does not. */
export const refused = (findings: Finding[], problems: SchoolProblem[]): SchoolDecision => ({
  schools: [],
  findings,
  problems,
});
