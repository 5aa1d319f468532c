import { isUuid } from '#libs/contracts/ids.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';

/** Something about a person is found by the person: both ids make up the public one. */
export type OwnKey = { person: string; id: string };

export const ownIdOf = ({ person, id }: OwnKey): string => `${person}.${id}`;

/** What is no such id is answered like something that the caller may not see. */
export const readOwnId = (text: string): OwnKey => {
  const [person = '', id = '', ...rest] = text.split('.');
  if (rest.length > 0 || !isUuid(person) || !isUuid(id)) throw outOfJurisdiction();
  return { person, id };
};
