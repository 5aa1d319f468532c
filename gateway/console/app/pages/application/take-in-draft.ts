import { type Paper, proofsOf } from '../../uploads/papers.ts';
import type { InitiateTransferMutationVariables } from '../transfer/generated/initiate.ts';

type Input = InitiateTransferMutationVariables['input'];

/** What the school adds to a family's application: what it has checked, and papers. */
export type TakeInDraft = {
  proofChecked?: boolean;
  meetsLocalRequirements?: boolean;
  evidence?: readonly Paper[];
};

/** The transfer that comes of an application; what was not ticked is said to be so. */
export const takeInOf = (
  application: string,
  { proofChecked = false, meetsLocalRequirements = false, evidence }: TakeInDraft,
): Pick<Input, 'application' | 'reason' | 'evidence'> => ({
  application,
  reason: { proofChecked, meetsLocalRequirements },
  evidence: proofsOf(evidence) as NonNullable<Input['evidence']>,
});
