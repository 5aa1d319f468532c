import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { ProofKind } from './statement-input.ts';

/** A paper by which a school shows a graduation of which the register has no certificate. */
export type Proof = { upload: string; kind: ProofKind; mediaType: string; size: number };

/** Puts proofs to a certificate of schooling; their files are held for it already. */
export const addProofs = async (
  tx: Tx,
  { person, id, school, place }: Certificate,
  proofs: readonly (HeldPaper & { kind: ProofKind })[],
  { by, at }: { by: string; at: string },
): Promise<void> => {
  await insertRows(
    tx,
    'certificate_proof',
    [
      ['person_id', 'uuid'],
      ['certificate_id', 'uuid'],
      ['school', 'text'],
      ['place', 'bigint'],
      ['upload_id', 'uuid'],
      ['file_id', 'uuid'],
      ['kind', 'text'],
      ['media_type', 'text'],
      ['size', 'bigint'],
      ['added_by', 'text'],
      ['added_at', 'timestamptz'],
    ],
    proofs.map(({ upload, file, kind, mediaType, size }) => [
      ...[person, id, school, place, upload, file, kind, mediaType, size, by, at],
    ]),
  );
};

/** The proofs of a certificate, as far as the scope covers them. */
export const proofsOf = (tx: Tx, { person, id }: Pick<Certificate, 'person' | 'id'>): Promise<Proof[]> =>
  query<Proof>(
    tx,
    `select upload_id as upload, kind, media_type as "mediaType", size::int as size from certificate_proof
     where person_id = $1 and certificate_id = $2 order by upload_id`,
    [person, id],
  );
