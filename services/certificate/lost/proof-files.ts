import { paperAccessOf } from '#libs/contracts/commands/paper-access.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScopeOnce } from '#libs/platform/database/scope.ts';
import { linkToken } from '#libs/platform/files/links.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** How long the address of a proof is good, milliseconds: long enough to open what is on the screen. */
const linkLife = 5 * 60_000;

/** A short-lived address of a proof for this reader alone; null for whom papers are not shown. */
export const proofUrl = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  person: string,
  upload: string,
  reader: Actor,
): string | null => {
  if (!isGranted(reader, 'archive.paper')) return null;
  const expiresAt = new Date(Date.parse(clock.now()) + linkLife).toISOString();
  const unit = reader.school ?? reader.unit;
  const bearer = { subject: reader.subject, ...(unit && { unit }), person, expiresAt };
  const token = linkToken(sealing, 'proof', upload, { ...bearer, holder: 'certificate' });
  return `${config.PUBLIC_URL}/proofs/${upload}?t=${token}`;
};

/** Answers whether a paper is proof of a certificate as far as a reader sees it: the rows themselves decide (PRV-12). */
export const answersProofAccess = ({ app, bus }: Pick<ServiceCore, 'app' | 'bus'>): Promise<Stop> =>
  answerTo(bus, paperAccessOf('certificate'), async ({ person, paper, scope }) => {
    const rows = await inScopeOnce(app, scope, (tx) =>
      query(tx, 'select 1 from certificate_proof where person_id = $1 and upload_id = $2', [person, paper]),
    );
    return { granted: rows.length > 0 };
  });
