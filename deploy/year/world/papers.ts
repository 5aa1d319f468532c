import { createHash } from 'node:crypto';
import { emptyPaper } from '#deploy/demo/paper.ts';
import type { Desk } from './desks.ts';
import type { World } from './world.ts';

export type Paper = { upload: string; kind: string; issuerLevel: string | null };

/** Announces a file, sends it and lets it be checked; the id of the upload. */
export const upload = async (
  world: World,
  who: Desk,
  file: { name: string; mediaType: string; bytes: Buffer; purpose: string },
): Promise<string | null> => {
  const { name, mediaType, bytes, purpose } = file;
  const announced = await world.order<{ upload: { id: string; url: string } | null }>({
    as: who,
    does: 'requestUpload',
    type: 'RequestUploadInput',
    gives: 'upload { id url }',
    countsAs: null,
    isVolatile: true,
    input: {
      name,
      mediaType,
      purpose,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      school: who.school,
    },
  });
  if (!announced?.upload) return null;
  const { id, url } = announced.upload;
  const status = await world.shared.graph.send(url, bytes);
  if (status !== 201) world.tally.violated(`a file was answered ${status} at actor ${world.actor}`);
  const checked = await world.read<{ completeUpload: { upload: { state: string } | null } }>(
    who,
    'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { upload { state } } }',
    { input: { upload: id } },
  );
  return checked?.completeUpload.upload?.state === 'ACCEPTED' ? id : null;
};

/** Hands in a paper of a kind; named as evidence afterwards. */
export const paper = async (
  world: World,
  who: Desk,
  kind: string,
  about: string,
  issuerLevel: string | null = 'COUNTY',
): Promise<Paper[]> => {
  const bytes = emptyPaper(`${world.actor} ${world.today} ${kind} ${about}`);
  const file = { name: 'paper.pdf', mediaType: 'application/pdf', bytes, purpose: 'EVIDENCE' };
  const id = await upload(world, who, file);
  return id === null ? [] : [{ upload: id, kind, issuerLevel }];
};
