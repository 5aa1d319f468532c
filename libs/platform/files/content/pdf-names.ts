/** A sign of a name as itself or in either spelling of its hexadecimal form (ISO 32000-2, 7.3.5). */
const signOf = (sign: string): string => {
  const hex = sign.charCodeAt(0).toString(16);
  const letters = [...hex].map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit));
  return `(?:${sign}|#${letters.join('')})`;
};

const endOfName = '(?=[\\s\\0()<>\\[\\]{}/%]|$)';

/** Finds any of the names of a document's objects, however they are spelled. */
export const namesOf = (names: readonly string[]): RegExp =>
  new RegExp(`/(?:${names.map((name) => [...name].map(signOf).join('')).join('|')})${endOfName}`, 'g');

/**
 * Names without which nothing in a document acts by itself, reaches out or carries another file. They are long enough
 * never to come about by chance in compressed bytes, so they are looked for everywhere.
 */
export const activeNames = namesOf([
  'JavaScript',
  'Launch',
  'EmbeddedFile',
  'EmbeddedFiles',
  'RichMedia',
  'SubmitForm',
  'ImportData',
  'Rendition',
  'GoToR',
  'GoToE',
]);

/** The same of short names, which are looked for in the text of objects alone. */
export const shortActiveNames = namesOf(['JS', 'XFA', 'AA']);

export const encryptNames = namesOf(['Encrypt']);
export const openActionNames = namesOf(['OpenAction']);
/** What the dictionary of a stream of objects has: either makes readers take it for one. */
export const objectStreamNames = namesOf(['ObjStm', 'First']);
export const filterNames = namesOf(['Filter', 'F']);
export const flateNames = namesOf(['FlateDecode', 'Fl']);
export const otherFilterNames = namesOf([
  'ASCIIHexDecode',
  'ASCII85Decode',
  'LZWDecode',
  'RunLengthDecode',
  'Crypt',
  'AHx',
  'A85',
  'LZW',
  'RL',
  'Predictor',
]);
export const goToNames = namesOf(['GoTo']);

/** Whether a text has one of the names. */
export const has = (text: string, names: RegExp): boolean => {
  names.lastIndex = 0;
  return names.test(text);
};
