import type { Files } from '#libs/platform/files/files.ts';
import { linkToken } from '#libs/platform/files/links.ts';
import { type FileProblem, fileProblem } from '#libs/platform/files/problems.ts';
import type { Upload, UploadState } from '#libs/platform/files/upload-rows.ts';

/** `Upload` of the schema. */
export type UploadView = {
  id: string;
  url: string;
  expiresAt: string;
  state: UploadState;
  /** Why it was refused, or why it cannot be used yet. */
  problem: FileProblem | null;
};

/** An upload as one reader sees it: the address in it is good for this reader alone. */
export const uploadView = (files: Files, upload: Upload, reader: string): UploadView => {
  const { id, place, expiresAt, state } = upload;
  const token = linkToken(files.core.sealing, 'upload', id, { subject: reader, place, expiresAt });
  return {
    id,
    url: `${files.core.config.PUBLIC_URL}/uploads/${id}?t=${token}`,
    expiresAt,
    state,
    problem: problemOf(upload),
  };
};

const problemOf = ({ state, refusal }: Upload): FileProblem | null => {
  if (refusal !== null) return fileProblem(refusal);
  return state === 'REQUESTED' ? fileProblem('UPLOAD_NOT_RECEIVED') : null;
};
