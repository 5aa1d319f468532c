import { createHash } from 'node:crypto';
import { emptyPaper } from '#deploy/demo/paper.ts';
import { ask, home } from './registry.ts';

/** Sends a paper of one empty page as the portal does, and says which upload it is; `school`: that of who sends it. */
export const sentPaper = async (identity: string, school?: string): Promise<string> => {
  const bytes = new Uint8Array(emptyPaper(crypto.randomUUID()));
  const input = {
    ...{ idempotencyKey: crypto.randomUUID(), school, purpose: 'EVIDENCE' },
    ...{ name: 'paper.pdf', mediaType: 'application/pdf', size: bytes.length },
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  const { requestUpload } = (await ask(
    identity,
    'mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { upload { id url } } }',
    { input },
  )) as { requestUpload: { upload: { id: string; url: string } } };
  const { id, url } = requestUpload.upload;
  const { pathname, search } = new URL(url);
  const sent = await fetch(new URL(pathname + search, home), { method: 'PUT', body: bytes });
  if (!sent.ok) throw new Error(`a paper was not taken: ${sent.status}`);
  await ask(
    identity,
    'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { upload { state } } }',
    { input: { upload: id } },
  );
  return id;
};
