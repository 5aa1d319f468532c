import { type Paper, proofsOf } from '../../uploads/papers.ts';
import type { SubmitUpdateMutationVariables } from './generated/submit-update.ts';

type Input = SubmitUpdateMutationVariables['input'];
type Changes = Input['changes'];

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

/** Papers that go along, once it is said what each is. */
export const papersOf = (papers: readonly Paper[]): NonNullable<Input['evidence']> =>
  proofsOf(papers) as NonNullable<Input['evidence']>;
