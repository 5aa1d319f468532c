import { beijing } from '../clock/clock.ts';
import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import type { MediaType } from './media-types.ts';
import type { FileProblemCode } from './problems.ts';

export type UploadState = 'REQUESTED' | 'RECEIVED' | 'ACCEPTED' | 'REFUSED';

/** An announced file. */
export type Upload = {
  id: string;
  place: number;
  /** Subject that announced it, the only one who may send it. */
  owner: string;
  purpose: string;
  mediaType: MediaType;
  size: number;
  sha256: Uint8Array;
  state: UploadState;
  refusal: FileProblemCode | null;
  /** Where it lies once it is received. */
  file: string | null;
  expiresAt: string;
};

type Row = {
  upload_id: string;
  place: string | number;
  owner: string;
  purpose: string;
  media_type: MediaType;
  size: string | number;
  sha256: Uint8Array;
  state: UploadState;
  refusal: FileProblemCode | null;
  file_id: string | null;
  expires_at: string | Date;
};

const uploadOf = (row: Row): Upload => ({
  id: row.upload_id,
  place: Number(row.place),
  owner: row.owner,
  purpose: row.purpose,
  mediaType: row.media_type,
  size: Number(row.size),
  sha256: row.sha256,
  state: row.state,
  refusal: row.refusal,
  file: row.file_id,
  expiresAt: beijing(new Date(row.expires_at).getTime()),
});

export type NewUpload = Pick<
  Upload,
  'id' | 'place' | 'owner' | 'purpose' | 'mediaType' | 'size' | 'sha256' | 'expiresAt'
>;

/** An upload as it was announced; undefined where `most` of its place were announced, did not come, and still may. */
export const insertUpload = async (
  tx: Tx,
  upload: NewUpload,
  at: string,
  most: number,
): Promise<Upload | undefined> => {
  const [row] = await query<Row>(
    tx,
    `insert into upload (upload_id, place, owner, purpose, media_type, size, sha256, state, requested_at, expires_at)
     select $1::uuid, $2::bigint, $3, $4, $5, $6::bigint, $7::bytea, 'REQUESTED', $8::timestamptz, $9::timestamptz
     where (select count(*) from upload where place = $2 and state = 'REQUESTED' and expires_at > $8) < $10
     returning *`,
    [
      upload.id,
      upload.place,
      upload.owner,
      upload.purpose,
      upload.mediaType,
      upload.size,
      upload.sha256,
      at,
      upload.expiresAt,
      most,
    ],
  );
  return row && uploadOf(row);
};

/** An upload that the transaction's scope covers. */
export const findUpload = async (tx: Tx, id: string): Promise<Upload | undefined> => {
  const [row] = await query<Row>(tx, 'select * from upload where upload_id = $1', [id]);
  return row && uploadOf(row);
};

/** The first that has come whole takes the upload; false for everybody after. */
export const receiveUpload = async (tx: Tx, id: string, file: string, at: string): Promise<boolean> =>
  (await execute(
    tx,
    `update upload set state = 'RECEIVED', file_id = $2, received_at = $3
     where upload_id = $1 and state = 'REQUESTED'`,
    [id, file, at],
  )) === 1;

/** The upload as it is after it was accepted; undefined where it was no longer RECEIVED. */
export const acceptUpload = async (tx: Tx, id: string): Promise<Upload | undefined> => {
  const [row] = await query<Row>(
    tx,
    `update upload set state = 'ACCEPTED' where upload_id = $1 and state = 'RECEIVED' returning *`,
    [id],
  );
  return row && uploadOf(row);
};

/** The upload as it is after it was refused; undefined where it was no longer in the state `from`. */
export const refuseUpload = async (
  tx: Tx,
  id: string,
  from: UploadState,
  code: FileProblemCode,
): Promise<Upload | undefined> => {
  const [row] = await query<Row>(
    tx,
    `update upload set state = 'REFUSED', refusal = $3, file_id = null where upload_id = $1 and state = $2 returning *`,
    [id, from, code],
  );
  return row && uploadOf(row);
};
