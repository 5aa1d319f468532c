import { isUuid } from '#libs/contracts/ids.ts';

/** A certificate is found by its holder: both ids make up the public one. */
export type CertificateKey = { person: string; id: string };

export const certificateIdOf = ({ person, id }: CertificateKey): string => `${person}.${id}`;

/** Reads an id; `undefined` for what was never handed out. */
export const parseCertificateId = (text: string): CertificateKey | undefined => {
  const [person = '', id = '', ...rest] = text.split('.');
  return rest.length === 0 && isUuid(person) && isUuid(id) ? { person, id } : undefined;
};
