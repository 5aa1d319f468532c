import type { TransferNature } from '#libs/law/transfer/prefiling.ts';
import type { CaseFinding } from '../cases/own-finding.ts';

/** What the filing sheet says beside the case itself (F9): the nature, what the school has checked, who filed and when. */
export type Filing = {
  nature: TransferNature;
  dataChecked: boolean;
  proofsChecked: boolean;
  filedBy: string;
  filedAt: string;
  filedOn: string;
  /** What the law says of the filing itself. */
  findings: readonly CaseFinding[];
};

/** What the bureau lets through only with a written reason, where it gives none: each as what stands against it. */
export const heldFiling = (filing: Filing | null, note: string | null): CaseFinding[] =>
  (note ?? '').trim() !== ''
    ? []
    : (filing?.findings ?? [])
        .filter(({ outcome }) => outcome === 'HOLD')
        .map((finding) => ({ ...finding, outcome: 'REJECT' as const }));

/**
 * What stands against a case before its start: the summer stop is about the start alone (TRF-08), so that what was drafted
 * before it may be filed and decided while it lasts.
 */
export const beforeStart = (findings: readonly CaseFinding[]): CaseFinding[] =>
  findings.filter(({ ruleId }) => ruleId !== 'TRF-08');
