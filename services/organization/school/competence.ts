import type { OrgUnit } from '../tree/org-unit.ts';
import type { School, SchoolProblem } from './school.ts';

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
