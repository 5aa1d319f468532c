import type { Actor } from '#libs/platform/actor/actor.ts';
import { beijing } from '#libs/platform/clock/clock.ts';
import { linkToken } from '#libs/platform/files/links.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Attachment } from './attachment.ts';

/** How long the address of a paper is good, milliseconds: long enough to open what is on the screen. */
const LINK_LIFE_MS = 5 * 60_000;

/** A short-lived address of a paper, good for this reader alone, who is looked at again when it is fetched. */
export const attachmentLink = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  { ticket, upload }: Attachment,
  reader: Actor | null,
): string | null => {
  if (reader === null) return null;
  const expiresAt = beijing(Date.parse(clock.now()) + LINK_LIFE_MS);
  const unit = reader.school ?? reader.unit;
  const bearer = { subject: reader.subject, ...(unit && { unit }), ticket, expiresAt };
  return `${config.PUBLIC_URL}/attachments/${upload}?t=${linkToken(sealing, 'attachment', upload, bearer)}`;
};
