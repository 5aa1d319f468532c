import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';

const shape =
  /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;

/** Person and registration in one opaque id: a look-up never has to search by the registration alone. */
export type EnrollmentKey = { person: string; enrollment: string };

export const enrollmentIdOf = ({ person, enrollment }: EnrollmentKey): string => `${person}.${enrollment}`;

/** Reads an id; `undefined` for what was never handed out. */
export const parseEnrollmentId = (id: string): EnrollmentKey | undefined => {
  const [, person, enrollment] = shape.exec(id) ?? [];
  return person === undefined || enrollment === undefined ? undefined : { person, enrollment };
};

/** Reads an id that was handed out; anything else is answered like what lies outside the caller's scope. */
export const readEnrollmentId = (id: string): EnrollmentKey => {
  const key = parseEnrollmentId(id);
  if (key === undefined) throw outOfJurisdiction();
  return key;
};
