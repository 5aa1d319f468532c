import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { linkToken } from '#libs/platform/files/links.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CertificateKey } from '../certificates/certificate-id.ts';

const linkLife = 10 * 60_000;

/** Folders of the addresses: the signed document itself, and the page that shows it. */
export const formFolders = { form: 'electronic', formPage: 'pages' } as const;
export type FormLink = keyof typeof formFolders;

/** A short-lived address of an electronic certificate, or of the page that shows it, for the one who asked. */
export const formUrl = (
  { sealing, clock, config }: Pick<ServiceCore, 'sealing' | 'clock' | 'config'>,
  kind: FormLink,
  { person, id }: CertificateKey,
  reader: Actor,
): string => {
  const expiresAt = new Date(Date.parse(clock.now()) + linkLife).toISOString();
  const bearer = { subject: reader.subject, unit: unitOf(reader), person, expiresAt };
  return `${config.PUBLIC_URL}/${formFolders[kind]}/${id}?t=${linkToken(sealing, kind, id, bearer)}`;
};
