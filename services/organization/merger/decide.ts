import { type IsoDate, startOfDay } from '#libs/law/dates.ts';
import type { Promotion } from '#libs/law/enrollment/grade.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { judgeYearsTaught } from '#libs/law/organization/succession.ts';
import { problemsOfState, unitOf } from '../school/change-school.ts';
import { decided, refused, type School, type SchoolDecision, type SchoolProblem } from '../school/school.ts';
import { lawPlaceOf } from '../tree/law-place.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { type Roll, seatedYears } from './rolls.ts';

/** The school that stands, those that end in it, and the first day on which they have. */
export type MergerToDecide = { merger: string; standing: School; ending: readonly School[]; from: IsoDate };

export type MergerContext = {
  tree: OrgTree;
  /** The unit that decides. */
  actor: OrgUnit;
  on: IsoDate;
  /** The instant of the business. */
  now: Date;
  rollOf(school: string): Roll;
  promotions: readonly Promotion[];
  /** Schools that a merger which is not done yet concerns. */
  isMerging(school: string): boolean;
};

/** The nearest unit that manages the registry authorities of all schools: their own where they have the same (ORG-11). */
export const competentUnit = (tree: OrgTree, schools: readonly School[]): OrgUnit | undefined => {
  const [first, ...others] = schools.map(({ authority }) => unitOf(tree, authority));
  if (first === undefined) return undefined;
  return [first, ...tree.ancestors(first)].find((unit) =>
    others.every(({ lo, hi }) => unit.lo <= lo && hi <= unit.hi),
  );
};

const judgeDecider = (
  { standing, ending }: MergerToDecide,
  { tree, actor, on }: MergerContext,
): Finding[] => {
  const unit = competentUnit(tree, [standing, ...ending]);
  if (unit?.code === actor.code) return [];
  return [
    finding('ORG-11', {
      code: 'NOT_REGISTRY_AUTHORITY',
      message: `这些学校的合并由${unit?.name ?? '共同的上级'}教育行政部门决定`,
      messageEn: `The merger of these schools is for unit ${unit?.code ?? 'above them all'} to decide.`,
      path: ['standing'],
      remedy: '请由各校共同的学籍主管部门办理',
      ownerLevel: standing.managedBy,
      on,
      place: lawPlaceOf(tree, unitOf(tree, standing.unit)),
    }),
  ];
};

const problem = (code: SchoolProblem['code'], ...path: string[]): SchoolProblem => ({ code, path });

const problemsOf = (
  { standing, ending, from }: MergerToDecide,
  { tree, on, isMerging }: MergerContext,
): SchoolProblem[] => {
  const provinceOf = ({ unit }: School): string => unitOf(tree, unit).province;
  const ofState = (school: School, ...path: string[]) =>
    problemsOfState(school, on).map(({ code }) => problem(code, ...path));
  const codes = [standing, ...ending].map(({ code }) => code);
  return [
    ...ofState(standing, 'standing'),
    ...(standing.succession === null ? [] : [problem('SCHOOL_MERGING', 'standing')]),
    ...(new Set(codes).size === codes.length ? [] : [problem('SAME_SCHOOL', 'ending')]),
    ...(from < on ? [problem('DAY_PAST', 'from')] : []),
    ...ending.flatMap((school, nth) => {
      const path = ['ending', String(nth)];
      return [
        ...ofState(school, ...path),
        ...(isMerging(school.code) ? [problem('SCHOOL_MERGING', ...path)] : []),
        ...(provinceOf(school) === provinceOf(standing) ? [] : [problem('OTHER_PROVINCE', ...path)]),
      ];
    }),
  ];
};

/**
 * Decides on a merger of schools (学校合并): nobody moves by it yet. The schools that end are told where their
 * registrations go on and from when; a school whose pupils sit in a year that the standing one does not teach is
 * refused (ENR-69). Who is not competent learns that and nothing of the schools (ORG-11).
 */
export function decideMerger(merger: MergerToDecide, context: MergerContext): SchoolDecision {
  const strangers = judgeDecider(merger, context);
  if (strangers.length > 0) return refused(strangers, []);
  const { tree, on, now, rollOf, promotions } = context;
  const { standing, ending, from } = merger;
  const problems = problemsOf(merger, context);
  const begins = startOfDay(from);
  const at = begins > now ? begins : now;
  const findings = judgeYearsTaught(
    ending.flatMap((school) => seatedYears(school, rollOf(school.code), at, promotions)),
    standing.stages,
    on,
    lawPlaceOf(tree, unitOf(tree, standing.unit)),
  );
  if (findings.length > 0 || problems.length > 0) return refused(findings, problems);
  const succession = { merger: merger.merger, into: standing.code, from };
  return decided(...ending.map((school) => ({ ...school, succession })));
}
