import { enforces } from '#libs/law/enforces.ts';
import { type ChangeContext, judgeActor, problemsOfState, unitOf } from './change-school.ts';
import { competenceOf, problemsOfCompetence } from './competence.ts';
import { decided, refused, type School, type SchoolDecision } from './school.ts';

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
