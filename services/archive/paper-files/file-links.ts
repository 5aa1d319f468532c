import type { Actor } from '#libs/platform/actor/actor.ts';
import { beijing } from '#libs/platform/clock/clock.ts';
import { linkToken } from '#libs/platform/files/links.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Entry } from '../entries/entry.ts';

/** How long the address of a paper is good, milliseconds: long enough to open what is on the screen. */
const linkLife = 5 * 60_000;

/** `ArchiveFile` of the schema. */
export type FileLink = { id: string; url: string; expiresAt: string };

/**
 * Short-lived addresses of the files that lie with an entry, each good for this reader alone; null for whom papers are not
 * shown. Whoever keeps the bytes asks again, when one is fetched, whether the reader still sees the archive.
 */
export const fileLinks = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  { person, papers }: Pick<Entry, 'person' | 'papers'>,
  reader: Actor | null,
): FileLink[] | null => {
  if (reader === null || !isGranted(reader, 'archive.paper')) return null;
  const expiresAt = beijing(Date.parse(clock.now()) + linkLife);
  const unit = reader.school ?? reader.unit;
  const bearer = { subject: reader.subject, ...(unit && { unit }), person, expiresAt };
  return papers.map((id) => ({
    id,
    url: `${config.PUBLIC_URL}/proofs/${id}?t=${linkToken(sealing, 'proof', id, bearer)}`,
    expiresAt,
  }));
};
