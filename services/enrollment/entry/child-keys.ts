import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

/** What tells a child without a registration again: full-length keyed hashes, by which nobody can be read. */
export type ChildKeys = { nameKey: Buffer; documentKey: Buffer | null };

type Told = { name: string; birthDate: string; idDocumentNumber?: string | null };

const documentOf = (number: string | null | undefined): string | null =>
  number ? normaliseIdNumber(number) || null : null;

/** Name with birth date, and the document's number where there is one. */
export const childKeysOf = (sealing: Sealing, { name, birthDate, idDocumentNumber }: Told): ChildKeys => {
  const number = documentOf(idDocumentNumber);
  return {
    nameKey: sealing.hash('entry-name', `${name.normalize('NFC').trim()}|${birthDate}`),
    documentKey: number === null ? null : sealing.hash('entry-document', number),
  };
};
