import type { Scope } from '#libs/platform/database/scope.ts';
import type { Archive } from './archive.ts';

const covers = ({ lo, hi }: Scope, place: number): boolean => lo <= place && place <= hi;

/**
 * True where somebody reads what lies in an archive and the life that it tells: from where the registration is, from where the
 * custodian stands, and whoever has the student on a short list. Who is only to receive it, or was told of the student, knows
 * that there is one and who keeps it (PRV-12).
 */
export const readsContent = ({ person, place, custodianPlace }: Archive, scope: Scope): boolean =>
  covers(scope, place) || covers(scope, custodianPlace) || scope.persons.includes(person);
