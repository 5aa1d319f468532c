import type { SubmitUpdateMutationVariables } from './generated/submit-update.ts';

type Changes = SubmitUpdateMutationVariables['input']['changes'];

/** Items that a guardian keeps up to date here; an empty text is left as it is. */
export type UpdateDraft = Pick<
  Changes,
  'contactPhone' | 'currentAddress' | 'householdAddress' | 'isBoarder' | 'isLeftBehind' | 'isMigrantChild'
>;

/** What is to change; undefined while nothing is. */
export const changesOf = (draft: UpdateDraft): Changes | undefined => {
  const given = Object.entries(draft).filter(
    ([, value]) => value !== '' && value !== undefined && value !== null,
  );
  return given.length > 0 ? Object.fromEntries(given) : undefined;
};
