import type { IsoDate } from '#libs/law/dates.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import {
  judgeRequestedMaterials,
  type RequestedMaterialFacts,
  type TransferMaterial,
} from '#libs/law/transfer/papers.ts';
import type { PaperKind } from './request.ts';

/** A written application is no paper about the reason, and a paper form is judged by the way of handling (TRF-23). */
const isMaterial = (kind: PaperKind): kind is PaperKind & TransferMaterial =>
  kind !== 'APPLICATION_FORM' && kind !== 'PAPER_APPROVAL_FORM';

type HandedFacts = Omit<RequestedMaterialFacts, 'asked'> & { papers: readonly PaperKind[] };

/**
 * A case takes no paper that no family is to be asked for (TRF-22), the certificate of registration by name (TRF-45).
 * `place`: of the receiving school.
 */
export const judgeHandedPapers = (
  { papers, ...facts }: HandedFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  judgeRequestedMaterials({ ...facts, asked: papers.filter(isMaterial) }, on, place).map((finding) => ({
    ...finding,
    path: ['evidence', ...(finding.path?.slice(1) ?? [])],
  }));
