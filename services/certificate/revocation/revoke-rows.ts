import { CertificateRevoked } from '#libs/contracts/events/certificate.ts';
import type { RevocationReason } from '#libs/law/certificate/revocation.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificateFacts, updateCertificate } from '../certificates/save-certificate.ts';

/** Revokes certificates that this transaction holds, and tells of each (CRT-13). */
export const revokeRows = async (
  tx: Tx,
  held: readonly Certificate[],
  { at, on, reason }: { at: string; on: string; reason: RevocationReason },
): Promise<void> => {
  for (const before of held) {
    const after = { ...before, revokedOn: on, revocationReason: reason };
    const data = { ...certificateFacts(before), revokedOn: on, reason };
    await updateCertificate(tx, at, before, after, { kind: CertificateRevoked, data });
  }
};
