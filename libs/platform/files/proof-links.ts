import type { PaperHolder } from '#libs/contracts/commands/paper-access.ts';
import type { Actor } from '../actor/actor.ts';
import { beijing } from '../clock/clock.ts';
import { isGranted } from '../permissions/table.ts';
import type { ServiceCore } from '../service/definition.ts';
import { linkToken } from './links.ts';

/** How long the address of a paper is good, milliseconds: long enough to open what is on the screen. */
const linkLife = 5 * 60_000;

/** `ArchiveFile` of the schema: a paper and where it is fetched. */
export type ProofLink = { id: string; url: string; expiresAt: string };

/**
 * A short-lived address of a paper, good for this reader alone; null for whom papers are not shown. Whoever keeps the bytes asks
 * `holder` again, when it is fetched, whether the reader still sees the paper there.
 */
export const proofLink = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  holder: PaperHolder,
  { id, person }: { id: string; person: string },
  reader: Actor | null,
): ProofLink | null => {
  if (reader === null || !isGranted(reader, 'archive.paper')) return null;
  const expiresAt = beijing(Date.parse(clock.now()) + linkLife);
  const unit = reader.school ?? reader.unit;
  const bearer = { subject: reader.subject, ...(unit && { unit }), person, expiresAt, holder };
  return {
    id,
    url: `${config.PUBLIC_URL}/proofs/${id}?t=${linkToken(sealing, 'proof', id, bearer)}`,
    expiresAt,
  };
};
