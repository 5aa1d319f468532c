import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { badInput } from '#libs/platform/errors/errors.ts';

/** A file that has become a paper. */
export type TakenPaper = { file: string; mediaType: string; size: number };

const notReady = (path: readonly string[]) => ({
  path: [...path],
  code: 'UPLOAD_NOT_ACCEPTED',
  message:
    '该文件尚未上传完成、未通过核对，或已用于其他办理。 The file has not arrived, did not pass, or was used already.',
});

/**
 * Takes uploads of a place over as papers, in the order asked: they are no longer swept away as uploads that nobody used.
 * `pathOf` says where in the input an upload stands. Throws BAD_USER_INPUT naming every one that is not there for this place.
 */
export const takeUploads = async (
  tx: Tx,
  { uploads, place, at }: { uploads: readonly string[]; place: number; at: string },
  pathOf: (index: number) => readonly string[],
): Promise<TakenPaper[]> => {
  const taken = await query<TakenPaper & { upload: string }>(
    tx,
    `update upload set taken_at = $3 where upload_id = any($1::uuid[]) and place = $2 and state = 'ACCEPTED'
       and purpose = 'EVIDENCE' and taken_at is null and held_for is null
     returning upload_id as upload, file_id as file, media_type as "mediaType", size::int as size`,
    [uploads, place, at],
  );
  const byUpload = new Map(taken.map(({ upload, ...paper }) => [upload, paper]));
  const missing = uploads.flatMap((upload, index) => (byUpload.has(upload) ? [] : [notReady(pathOf(index))]));
  if (missing.length > 0) throw badInput(missing);
  return uploads.flatMap((upload) => byUpload.get(upload) ?? []);
};
