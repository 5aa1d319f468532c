import { createHash } from 'node:crypto';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';

/** What somebody holds who checks a certificate: number and name, the code on the paper, or the electronic form. */
export type Held =
  | { way: 'NUMBER'; number: string; name: string }
  | { way: 'CODE'; code: string }
  | { way: 'DOCUMENT'; document: string };

/** A number as it is compared: ordinary digits and hyphens. */
export const plainNumber = (number: string): string =>
  number
    .normalize('NFKC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[‐‑‒–—―−]/gu, '-');

/** A name as it is compared: composed, without spaces, with one of the dots that foreign and minority names are written with. */
const plainName = (name: string): string =>
  name
    .normalize('NFC')
    .replaceAll(/\s/gu, '')
    .replaceAll(/[•‧∙⋅・･]/gu, '·')
    .toLowerCase();

/** A code as it is compared: capitals, without blanks and hyphens, and O, I, L read as the digits they look like. */
const plainCode = (code: string): string =>
  code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s-]/gu, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/gu, '1');

/** What is hashed, and as what. */
const hashed = (held: Held): [domain: string, value: string] => {
  switch (held.way) {
    case 'NUMBER':
      return ['certificate-number-and-name', `${plainNumber(held.number)}\0${plainName(held.name)}`];
    case 'CODE':
      return ['certificate-code', plainCode(held.code)];
    case 'DOCUMENT':
      return ['certificate-document', createHash('sha256').update(held.document).digest('hex')];
  }
};

/**
 * The keyed hash under which the register finds a certificate again by what its holder shows. Right or wrong, every
 * question becomes one such hash and one look-up, so that nothing in between can tell them apart (CRT-13).
 */
export const checkKey = (sealing: Sealing, held: Held): Buffer => sealing.hash(...hashed(held));
