import { enforces } from '#libs/law/enforces.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { type ChangeContext, judgeActor, problemsOfState, unitOf } from './change-school.ts';
import { decided, refused, type School, type SchoolDecision, type SchoolProblem } from './school.ts';

/** What stands against a unit as the competent authority of a school: that of a private one, in the school's province. */
export const problemsOfCompetence = (
  { ownership }: Pick<School, 'ownership'>,
  competent: OrgUnit | undefined,
  province: string,
): SchoolProblem[] => {
  const path = ['competentAuthority'];
  const fits = competent !== undefined && competent.level !== 'MINISTRY' && competent.province === province;
  return [
    ...(ownership === 'PRIVATE' ? [] : [{ code: 'NOT_PRIVATE' as const, path }]),
    ...(fits ? [] : [{ code: 'NO_AUTHORITY_OF_PROVINCE' as const, path }]),
  ];
};

/** The competent authority as it is kept: nothing where the registry authority is it. */
export const competenceOf = (competent: string | null | undefined, authority: string): string | null =>
  competent === undefined || competent === null || competent === authority ? null : competent;

/**
 * Names the authority that a private school answers to, where it is another than the one that keeps its register: both
 * decide about transfers into it (ORG-29, TRF-25). `null`: the registry authority is it. The registry authority says so.
 */
export const nameCompetentAuthority = (
  school: School,
  competent: string | null,
  context: ChangeContext,
): SchoolDecision => {
  enforces('TRF-25');
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const { tree, on } = context;
  const { province } = unitOf(tree, school.unit);
  const problems = [
    ...problemsOfState(school, on),
    ...(competent === null ? [] : problemsOfCompetence(school, tree.find(competent), province)),
  ];
  if (problems.length > 0) return refused([], problems);
  return decided({ ...school, competentAuthority: competenceOf(competent, school.authority) });
};
