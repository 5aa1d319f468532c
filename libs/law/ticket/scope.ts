import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/** What a problem is about, which decides how far up it goes (TKT-03, TKT-04). */
export const PROBLEM_SCOPES = [
  'IN_PROVINCE_MANAGEMENT',
  'PROVINCIAL_RUNTIME',
  'CROSS_PROVINCE',
  'SYSTEM_OPERATION',
] as const;

/** A problem's scope. */
export type ProblemScope = (typeof PROBLEM_SCOPES)[number];

/** Levels that handle complaints, from the lowest; the order is ours (TKT-01). */
export const TICKET_LEVELS = ['COUNTY', 'CITY', 'PROVINCE', 'MINISTRY'] as const;

/** The level of an authority that handles complaints. */
export type TicketLevel = (typeof TICKET_LEVELS)[number];

/** An authority on the way down from the ministry. */
export type Authority = { level: TicketLevel; unit: string };

/**
 * Whom a problem concerns: the way from the ministry down to the registry authority of a school, or down to the authority
 * itself that is complained of.
 */
export type Concerned = { way: readonly Authority[]; isAuthority: boolean };

/** What is known of a problem when it comes in. `home`: the way down to the authority of the child's own school. */
export type ProblemFacts = {
  fault: 'NONE' | 'PROVINCIAL_RUNTIME' | 'SYSTEM_OPERATION';
  concerned: readonly Concerned[];
  home: readonly Authority[];
};

const provinceOf = (way: readonly Authority[]): string | undefined =>
  way.find(({ level }) => level === 'PROVINCE')?.unit;

/** The scope of a problem: a fault of a system speaks for itself, two provinces make it cross-province (TKT-03, TKT-04). */
export const scopeOf = ({ fault, concerned, home }: ProblemFacts): ProblemScope => {
  if (fault !== 'NONE') return fault;
  const provinces = new Set(
    [home, ...concerned.map(({ way }) => way)].flatMap((way) => provinceOf(way) ?? []),
  );
  return provinces.size > 1 ? 'CROSS_PROVINCE' : 'IN_PROVINCE_MANAGEMENT';
};

/** The part of two ways that both share, from the ministry down. */
const shared = (one: readonly Authority[], other: readonly Authority[]): readonly Authority[] => {
  const parted = one.findIndex(({ unit }, at) => unit !== other[at]?.unit);
  return parted < 0 ? one : one.slice(0, parted);
};

/** The way down to whoever may judge somebody: an authority is judged by the one above it. */
export const wayOfJudge = ({ way, isAuthority }: Concerned): readonly Authority[] =>
  isAuthority && way.length > 1 ? way.slice(0, -1) : way;

/**
 * Who takes a problem up: the lowest authority that stands over everybody concerned, and above an authority that is complained
 * of itself (TKT-01, ORG-20). A matter of the provincial system is the province's (TKT-03); what concerns two provinces, or the
 * national system, is taken up by the child's own province, which reports it to the ministry (TKT-04). Undefined where no
 * authority is known.
 */
export const competentAuthority = (facts: ProblemFacts): Authority | undefined => {
  enforces('TKT-01');
  if (scopeOf(facts) !== 'IN_PROVINCE_MANAGEMENT')
    return facts.home.find(({ level }) => level === 'PROVINCE') ?? facts.home.at(-1);
  const [first, ...others] = facts.concerned.length > 0 ? facts.concerned.map(wayOfJudge) : [facts.home];
  return others.reduce(shared, first ?? []).at(-1);
};

/** The authority above one; the ministry stands above every province, and nobody above it (TKT-01). */
export const authorityAbove = (way: readonly Authority[], unit: string): Authority | undefined => {
  const at = way.findIndex((each) => each.unit === unit);
  return at > 0 ? way[at - 1] : undefined;
};

/** A complaint that nobody has handled in its time is on record, and goes up (TKT-01). */
export const judgeHandled = (
  facts: { handledAt: Date | null; dueAt: Date; provisional: boolean },
  now: Date,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (facts.provisional || (facts.handledAt ?? now) < facts.dueAt) return [];
  return [
    finding('TKT-01', {
      message: '投诉未在期限内办理，记录在案并报上一级处理。',
      messageEn: 'The complaint was not handled in time; it is on record and goes up a level.',
      path: ['ticket'],
      remedy: '请立即办理；不属于本级职责的，请转交有权处理的单位。',
      on,
      place,
    }),
  ];
};
