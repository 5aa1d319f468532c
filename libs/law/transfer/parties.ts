import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import { type CaseKind, isAcrossProvinces } from './kinds.ts';

/**
 * Who has a turn in a case. PREFILING_BUREAU: the district bureau that takes the filing before the start (TRF-46).
 * TARGET_COMPETENT_AUTHORITY: decides together with the registry authority about a private school (TRF-25).
 */
export type Party =
  | 'TARGET_SCHOOL'
  | 'PREFILING_BUREAU'
  | 'SOURCE_SCHOOL'
  | 'SOURCE_AUTHORITY'
  | 'TARGET_AUTHORITY'
  | 'TARGET_COMPETENT_AUTHORITY';

/** A state in which parties decide. */
export type ReviewState =
  | 'DRAFT'
  | 'PREFILING'
  | 'SOURCE_SCHOOL_REVIEW'
  | 'AUTHORITIES_REVIEW'
  | 'TARGET_COUNTY_REVIEW'
  | 'SOURCE_COUNTY_REVIEW';

/** Parties whose turn it is at the same time; they decide in any order. */
export type Turn = { state: ReviewState; parties: readonly Party[] };

/**
 * TRANSFER: W-09, the hand-over follows the approvals. CALLED_UP_TRANSFER: W-10, with a call-up in between. STUDY: W-11,
 * of graduates, with a call-up.
 */
export type Way = 'TRANSFER' | 'CALLED_UP_TRANSFER' | 'STUDY';

/** The whole way of a case to its last approval. */
export type TransferPlan = { way: Way; turns: readonly Turn[] };

/** One side of a case as far as its parties go: units by their codes. */
export type PlanSide = {
  place: LawPlace;
  /** The school; where it was merged or closed its successor, or the custodian of its archives (W-09). */
  school: string;
  /** The registry authority: the county, or the city or province for a school that it runs itself (ORG-11). */
  authority: string;
};

/** What the plan of a case rests on. */
export type PlanFacts = {
  kind: CaseKind;
  /** The pupil's stage at the receiving school. */
  stage: Stage;
  source: PlanSide;
  target: PlanSide & {
    ownership: 'PUBLIC' | 'PRIVATE';
    /** The authority that the school answers to; often its registry authority. */
    competentAuthority: string;
  };
};

/**
 * The parties of a case in their order: the receiving school starts, the others decide (TRF-02); sending school before
 * authorities, these in either order (TRF-04, everywhere by CF-35); in Beiguan the bureau before the start (TRF-46); for
 * a private school in Shanxi its competent authority beside the registry authority (TRF-25). Study has a way of its own:
 * the receiving side, then the county of the graduating school (TRF-35, W-11). An authority of both schools decides once,
 * as that of the receiving one (ours); so does one that is a private school's competent and registry authority.
 */
export const planOf = (facts: PlanFacts, on: IsoDate): TransferPlan => {
  enforces('TRF-02', 'TRF-04', 'TRF-25', 'TRF-32', 'TRF-35', 'TRF-46');
  if (facts.kind === 'CROSS_PROVINCE_STUDY') return { way: 'STUDY', turns: STUDY_TURNS };
  return {
    way: isCalledUp(facts) ? 'CALLED_UP_TRANSFER' : 'TRANSFER',
    turns: [
      ...(isPrefiled(facts, on) ? PREFILED_START : START),
      { state: 'SOURCE_SCHOOL_REVIEW', parties: ['SOURCE_SCHOOL'] },
      { state: 'AUTHORITIES_REVIEW', parties: authoritiesOf(facts, on) },
    ],
  };
};

/** Across provinces (TRF-32); kindergartens know the way of W-09 alone. */
const isCalledUp = ({ stage, source, target }: PlanFacts): boolean =>
  stage !== 'PRESCHOOL' && isAcrossProvinces({ source: source.place, target: target.place });

const START: readonly Turn[] = [{ state: 'DRAFT', parties: ['TARGET_SCHOOL'] }];

const PREFILED_START: readonly Turn[] = [
  { state: 'DRAFT', parties: ['TARGET_SCHOOL'] },
  { state: 'PREFILING', parties: ['PREFILING_BUREAU'] },
  { state: 'PREFILING', parties: ['TARGET_SCHOOL'] },
];

const STUDY_TURNS: readonly Turn[] = [
  ...START,
  { state: 'TARGET_COUNTY_REVIEW', parties: ['TARGET_AUTHORITY'] },
  { state: 'SOURCE_COUNTY_REVIEW', parties: ['SOURCE_AUTHORITY'] },
];

const isPrefiled = ({ target, stage }: PlanFacts, on: IsoDate): boolean =>
  Boolean(resolve('transferPrefiling', target.place, on, { stage }).value);

const authoritiesOf = ({ source, target, stage }: PlanFacts, on: IsoDate): Party[] => {
  const reviewed =
    target.ownership === 'PRIVATE' && stage !== 'PRESCHOOL' && isInForce('TRF-25', on, target.place, stage);
  const apart = target.competentAuthority !== target.authority;
  return [
    ...(source.authority === target.authority ? [] : ['SOURCE_AUTHORITY' as const]),
    'TARGET_AUTHORITY',
    ...(reviewed && apart ? ['TARGET_COMPETENT_AUTHORITY' as const] : []),
  ];
};

/** The code of the school or unit that acts as a party. */
export const unitOf = (party: Party, { source, target }: PlanFacts): string => {
  switch (party) {
    case 'TARGET_SCHOOL':
      return target.school;
    case 'PREFILING_BUREAU':
    case 'TARGET_AUTHORITY':
      return target.authority;
    case 'TARGET_COMPETENT_AUTHORITY':
      return target.competentAuthority;
    case 'SOURCE_SCHOOL':
      return source.school;
    case 'SOURCE_AUTHORITY':
      return source.authority;
  }
};

/** The side of a party, whose law it acts under. */
export const sideOf = (party: Party): 'SOURCE' | 'TARGET' =>
  party === 'SOURCE_SCHOOL' || party === 'SOURCE_AUTHORITY' ? 'SOURCE' : 'TARGET';
