import { type Paper, proofsOf, uploadsOf } from '../../uploads/papers.ts';
import type { ReportProblemMutationVariables } from './generated/report-problem.ts';
import type { RequestNumberDeletionMutationVariables } from './generated/request-deletion.ts';
import type { SupplyIdentityDocumentMutationVariables } from './generated/supply-document.ts';

type Supply = SupplyIdentityDocumentMutationVariables['input'];
type Report = ReportProblemMutationVariables['input'];
type Deletion = RequestNumberDeletionMutationVariables['input'];

/** The resident ID number of a pupil that had none, and its proofs. */
export type SupplyDraft = { idDocumentNumber?: string; evidence?: readonly Paper[] };

/** What a check has found, as far as it is written down. */
export type ReportDraft = Partial<Pick<Report, 'kind' | 'complaint' | 'other' | 'note'>>;

/** Why a number is to go. */
export type DeletionDraft = { reason?: string; evidence?: readonly Paper[] };

/** The order, once there is a number; proofs count when it is said what they are. */
export const supplyOf = ({
  idDocumentNumber,
  evidence,
}: SupplyDraft): Pick<Supply, 'idDocumentNumber' | 'evidence'> | undefined => {
  const number = idDocumentNumber?.trim().toUpperCase();
  return number
    ? { idDocumentNumber: number, evidence: proofsOf(evidence) as Supply['evidence'] }
    : undefined;
};

/** The report, once it is said what kind of problem it is and what was found; only a duplicate has another record. */
export const reportOf = ({
  kind,
  complaint,
  other,
  note,
}: ReportDraft): Pick<Report, 'kind' | 'complaint' | 'other' | 'note'> | undefined => {
  if (!kind || !note?.trim()) return undefined;
  return { kind, note, complaint: complaint ?? false, ...(kind === 'DUPLICATE' && other && { other }) };
};

/** The request, once there is a reason. */
export const deletionOf = ({
  reason,
  evidence,
}: DeletionDraft): Pick<Deletion, 'reason' | 'evidence'> | undefined =>
  reason?.trim() ? { reason, evidence: uploadsOf(evidence) } : undefined;
