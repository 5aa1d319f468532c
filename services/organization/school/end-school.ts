import {
  type EndContext,
  judgeActor,
  judgeArchives,
  problemsOfPassage,
  problemsOfState,
} from './change-school.ts';
import { decided, refused, type School, type SchoolDecision } from './school.ts';

/**
 * Closes a school (撤销) once its archives are with the custodian (ARC-14); its code is retired. Who is not its
 * authority learns that and nothing of the school.
 */
export function closeSchool(school: School, context: EndContext): SchoolDecision {
  const strangers = judgeActor(school, context);
  if (strangers.length > 0) return refused(strangers, []);
  const problems = [...problemsOfState(school, context.on), ...problemsOfPassage(context)];
  const findings = judgeArchives(school, context);
  if (findings.length > 0 || problems.length > 0) return refused(findings, problems);
  return decided({ ...school, state: 'CLOSED', endedOn: context.on });
}
