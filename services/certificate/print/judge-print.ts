import type { Certificate } from '../certificates/certificate.ts';
import {
  type CertificateFinding,
  notToPrint,
  printedAlready,
  printedByAuthority,
} from '../procedure/own-finding.ts';

/** A paper that is to be printed: of which certificate, how often it was, and why once more. */
export type PrintFacts = Pick<Certificate, 'kind' | 'state' | 'copies'> & {
  prints: number;
  reason: string | null;
};

/**
 * A paper is printed once, and once for each copy that was made from its stub: whoever lost one would have another otherwise
 * (CRT-10). A spoiled sheet is printed again for a reason, which stays in the register. Graduation certificates are printed by the
 * authority on its own sheets (CRT-01, CRT-03).
 */
export const judgePrint = ({ kind, state, copies, prints, reason }: PrintFacts): CertificateFinding[] => {
  if (kind === 'GRADUATION') return [printedByAuthority];
  if (state === 'REVOKED') return [notToPrint];
  return prints > copies && reason === null ? [printedAlready] : [];
};
