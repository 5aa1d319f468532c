import type { Actor } from '#libs/platform/actor/actor.ts';
import { type ProofLink, proofLink } from '#libs/platform/files/proof-links.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Entry } from '../entries/entry.ts';

/** Short-lived addresses of the files that lie with an entry; null for whom papers are not shown. */
export const fileLinks = (
  core: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  { person, papers }: Pick<Entry, 'person' | 'papers'>,
  reader: Actor | null,
): ProofLink[] | null => {
  if (reader === null || !isGranted(reader, 'archive.paper')) return null;
  return papers.flatMap((id) => proofLink(core, 'archive', { id, person }, reader) ?? []);
};
