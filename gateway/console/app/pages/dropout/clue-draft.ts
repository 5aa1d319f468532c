import type { OpenDropoutClueMutationVariables } from './generated/open-clue.ts';

type Input = OpenDropoutClueMutationVariables['input'];
type Child = NonNullable<Input['child']>;

/** A child without a registration, as far as somebody knows of it. */
export type ClueDraft = Partial<Child & Pick<Input, 'source' | 'since' | 'householdCounty' | 'note'>>;

/** The clue, once it is said who the child is and since when it is out of school; blanks are not sent. */
export const clueOf = (draft: ClueDraft): Omit<Input, 'idempotencyKey'> | undefined => {
  const { source, since, householdCounty, note, name, birthDate, ...more } = draft;
  if (!name?.trim() || !birthDate || !source || !since) return undefined;
  const known = Object.entries(more).filter(([, value]) => value);
  return {
    ...{ source, since, child: { ...Object.fromEntries(known), name, birthDate } },
    ...(householdCounty && { householdCounty }),
    ...(note && { note }),
  };
};

/** A clue about a pupil, as far as it is filled in. */
export type PupilClueDraft = Pick<ClueDraft, 'source' | 'since' | 'householdCounty' | 'note'>;

/** The clue, once it is said who found it and since when the pupil is out of school. */
export const pupilClueOf = (
  enrollment: string,
  { source, since, householdCounty, note }: PupilClueDraft,
): Omit<Input, 'idempotencyKey'> | undefined =>
  source && since
    ? { enrollment, source, since, ...(householdCounty && { householdCounty }), ...(note && { note }) }
    : undefined;
