import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Issuer } from '#libs/law/certificate/issuer.ts';
import type { CertificateKind } from '#libs/law/certificate/kinds.ts';
import type { RevocationReason } from '#libs/law/certificate/revocation.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Certificate } from './certificate.ts';

type Row = {
  person_id: string;
  certificate_id: string;
  enrollment_id: string;
  kind: CertificateKind;
  stage: Stage;
  number: string;
  issuer_kind: Issuer['by'];
  issuer: string;
  school: string;
  place: string;
  province: string;
  issued_on: string;
  sealing_authority: string | null;
  seal_due_on: string | null;
  seal_provisional: boolean | null;
  drafted_by: string | null;
  copies: number;
  sealed_on: string | null;
  sealed_by: string | null;
  original_number: string | null;
  before_register: boolean;
  revoked_on: string | null;
  revocation_reason: RevocationReason | null;
  content: Buffer;
  version: number;
  events: number;
};

const columns = `person_id, certificate_id, enrollment_id, kind, stage, number, issuer_kind, issuer, school, place, province,
  issued_on::text, sealing_authority, seal_due_on::text, seal_provisional, drafted_by, copies, sealed_on::text, sealed_by, original_number, before_register, revoked_on::text, revocation_reason, content, version, events`;

const stateOf = (row: Row): Certificate['state'] => {
  if (row.revoked_on !== null) return 'REVOKED';
  return row.kind === 'SCHOOLING' && row.sealed_on === null ? 'DRAFTED' : 'ISSUED';
};

const sealingOf = (row: Row): Certificate['sealing'] =>
  row.sealing_authority === null || row.seal_due_on === null || row.drafted_by === null
    ? null
    : {
        ...{ authority: row.sealing_authority, dueOn: row.seal_due_on },
        ...{ provisional: row.seal_provisional === true, draftedBy: row.drafted_by },
      };

const certificateOf = (row: Row): Certificate => ({
  id: row.certificate_id,
  person: row.person_id,
  enrollment: row.enrollment_id,
  kind: row.kind,
  stage: row.stage,
  number: row.number,
  issuer: { by: row.issuer_kind, code: row.issuer },
  school: row.school,
  place: Number(row.place),
  province: row.province,
  issuedOn: row.issued_on,
  state: stateOf(row),
  sealing: sealingOf(row),
  copies: row.copies,
  sealedOn: row.sealed_on,
  sealedBy: row.sealed_by,
  originalNumber: row.original_number,
  beforeRegister: row.before_register,
  revokedOn: row.revoked_on,
  revocationReason: row.revocation_reason,
  content: row.content,
  version: row.version,
  events: row.events,
});

/** Certificates of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const certificatesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Certificate[]> =>
  (await query<Row>(tx, `select ${columns} from certificate where ${condition}`, parameters)).map(
    certificateOf,
  );
