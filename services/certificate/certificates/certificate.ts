import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Issuer } from '#libs/law/certificate/issuer.ts';
import type { CertificateKind } from '#libs/law/certificate/kinds.ts';
import type { RevocationReason } from '#libs/law/certificate/revocation.ts';

/** DRAFTED: a certificate of schooling that the competent authority has yet to seal (CRT-10). */
export type CertificateState = 'DRAFTED' | 'ISSUED' | 'REVOKED';

/** A certificate as the register holds it; what the paper states beyond this lies sealed in `content`. */
export type Certificate = {
  id: string;
  person: string;
  /** The registration whose studies it proves. */
  enrollment: string;
  kind: CertificateKind;
  stage: Stage;
  number: string;
  issuer: Issuer;
  /** The school of the studies; of whoever acts in its place where it is no more (`place`). */
  school: string;
  place: number;
  province: string;
  issuedOn: string;
  state: CertificateState;
  /** Of a certificate of schooling: which authority is to seal it until when, and who drafted it. */
  sealing: { authority: string; dueOn: string; provisional: boolean; draftedBy: string } | null;
  /** When and by which authority it was sealed, and the number of the lost original. */
  sealedOn: string | null;
  sealedBy: string | null;
  originalNumber: string | null;
  /** The lost original is older than the register, or was never in it: its number rests on proofs of the school (CRT-11). */
  beforeRegister: boolean;
  revokedOn: string | null;
  revocationReason: RevocationReason | null;
  /** Marked copies that were made from the stub. */
  copies: number;
  /** `CertificateContent`, sealed. */
  content: Buffer;
  version: number;
  events: number;
};
