import { isUuid } from '#libs/contracts/ids.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';

/** Something about a person is found by the person: both ids make up the public one. */
export type ChangeKey = { person: string; id: string };

export const changeIdOf = ({ person, id }: ChangeKey): string => `${person}.${id}`;

/** Reads a public id; undefined for what is none. */
export const parseChangeId = (text: string): ChangeKey | undefined => {
  const [person = '', id = '', ...rest] = text.split('.');
  return rest.length === 0 && isUuid(person) && isUuid(id) ? { person, id } : undefined;
};

/** Reads a public id; what is none is answered like something that the caller may not see. */
export const readChangeId = (text: string): ChangeKey => {
  const key = parseChangeId(text);
  if (key === undefined) throw outOfJurisdiction();
  return key;
};
