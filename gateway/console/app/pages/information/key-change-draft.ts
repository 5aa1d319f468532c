import { type Paper, proofsOf } from '../../uploads/papers.ts';
import type { RequestKeyChangeMutationVariables } from './generated/request-key-change.ts';

type Input = RequestKeyChangeMutationVariables['input'];

/** What is to be written, as far as it is filled in, and the proofs. */
export type KeyDraft = Partial<Input['to']> & { evidence?: readonly Paper[] };

/** The request, once something is to change; blanks stay as they are. */
export const keyChangeOf = ({ evidence, ...to }: KeyDraft): Pick<Input, 'to' | 'evidence'> | undefined => {
  const given = Object.entries(to).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  if (given.length === 0) return undefined;
  return { to: Object.fromEntries(given), evidence: proofsOf(evidence) as Input['evidence'] };
};
