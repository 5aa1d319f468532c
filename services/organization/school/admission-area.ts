import { enforces } from '#libs/law/enforces.ts';
import type { AdmissionArea } from '#libs/law/organization/admission-area.ts';
import type { OrgTree } from '../tree/org-tree.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import { problemsOfState, unitOf } from './change-school.ts';
import { decided, refused, type School, type SchoolDecision, type SchoolProblem } from './school.ts';

/**
 * Who names the admission area of a school: the province for one that it runs itself, else the city of its line of
 * authorities (TRF-51); where a province has no cities, the province.
 */
export const areaNamerOf = (tree: OrgTree, { managedBy, unit }: School): OrgUnit | undefined => {
  const line = [unitOf(tree, unit), ...tree.ancestors(unitOf(tree, unit))];
  const city = managedBy === 'PROVINCE' ? undefined : line.find(({ level }) => level === 'CITY');
  return city ?? line.find(({ level }) => level === 'PROVINCE');
};

const problemsOf = (
  school: School,
  { area, within, from }: AdmissionArea,
  { tree, actor, on }: { tree: OrgTree; actor: OrgUnit; on: string },
): SchoolProblem[] => {
  const owner = tree.find(within);
  const isOwn = owner !== undefined && owner.lo >= actor.lo && owner.hi <= actor.hi;
  return [
    ...problemsOfState(school, on),
    ...(school.stages.some(({ stage }) => stage === 'SENIOR')
      ? []
      : [{ code: 'NOT_SENIOR' as const, path: ['school'] }]),
    ...(area === '' ? [{ code: 'AREA_MISSING' as const, path: ['area'] }] : []),
    ...(isOwn ? [] : [{ code: 'AREA_ELSEWHERE' as const, path: ['within'] }]),
    ...(from > on ? [] : [{ code: 'DAY_NOT_AHEAD' as const, path: ['from'] }]),
  ];
};

/**
 * Names the area from which a senior school admits from a day on, tomorrow at the earliest: what holds on a day is never
 * changed once the day has come, because a running transfer keeps the facts of its day (TRF-15). Until then a second word
 * for the same day replaces the first.
 */
export const nameAdmissionArea = (
  school: School,
  named: AdmissionArea,
  context: { tree: OrgTree; actor: OrgUnit; on: string },
): SchoolDecision => {
  enforces('TRF-15');
  const area = { ...named, area: named.area.trim() };
  const problems = problemsOf(school, area, context);
  if (problems.length > 0) return refused([], problems);
  const kept = school.admissionAreas.filter(({ from }) => from !== area.from);
  const admissionAreas = [...kept, area].sort((a, b) => (a.from < b.from ? -1 : 1));
  return decided({ ...school, admissionAreas });
};
