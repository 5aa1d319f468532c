import { isUuid } from '#libs/contracts/ids.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';

/** A case is found by its person: both ids make up the public one. */
export type CaseKey = { person: string; id: string };

export const caseIdOf = ({ person, id }: CaseKey): string => `${person}.${id}`;

export const parseCaseId = (text: string): CaseKey | undefined => {
  const [person = '', id = '', ...rest] = text.split('.');
  return rest.length === 0 && isUuid(person) && isUuid(id) ? { person, id } : undefined;
};

/** As `parseCaseId`; what is no such id is answered like a case that the caller may not see. */
export const readCaseId = (text: string): CaseKey => {
  const key = parseCaseId(text);
  if (key === undefined) throw outOfJurisdiction();
  return key;
};
