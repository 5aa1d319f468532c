import type { StudentsQueryVariables } from './generated/students.ts';

export type Filter = NonNullable<StudentsQueryVariables['filter']>;

export const stages = ['PRESCHOOL', 'PRIMARY', 'JUNIOR', 'SENIOR'] as const;
export const statuses = [
  'IN_SCHOOL',
  'SUSPENDED',
  'PENDING_APPROVAL',
  'RETURNED_TO_SCHOOL',
  'GRADUATED',
  'ABROAD',
  'WITHDRAWN',
] as const;

const oneOf = <T extends string>(known: readonly T[], value: string | null): T | undefined =>
  known.find((each) => each === value);

/** What an address asks for; what it does not know of is left out. */
export const filterIn = (search: URLSearchParams): Filter => {
  const stage = oneOf(stages, search.get('stage'));
  const status = oneOf(statuses, search.get('status'));
  const grade = Number(search.get('grade'));
  return {
    ...(stage && { stage }),
    ...(status && { status: [status] }),
    ...(Number.isInteger(grade) && grade > 0 && { grade }),
  };
};
