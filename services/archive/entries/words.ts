import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Entry } from './entry.ts';

/** The words of an entry: sealed, and a keyed hash of them that stays what it is when they are sealed anew. */
export type Words = { sealed: Buffer; hash: string };

type Where = Pick<Entry, 'person' | 'source'>;

/** Context under which the words of an entry are sealed. */
export const wordsContext = (person: string, source: string): string => `archive-entry:${person}:${source}`;

const hashOf = (sealing: Sealing, { person, source }: Where, words: string): string =>
  sealing.hash('archive-words', JSON.stringify([person, source, words])).toString('hex');

/** Seals the words of what somebody files. */
export const sealWords = (sealing: Sealing, where: Where, words: string): Words => ({
  sealed: sealing.seal(words, wordsContext(where.person, where.source)),
  hash: hashOf(sealing, where, words),
});

/** The words of an entry; null where the kind says all. Throws where they were altered or moved. */
export const openWords = (
  sealing: Sealing,
  { person, source, content }: Pick<Entry, 'person' | 'source' | 'content'>,
): string | null => (content === null ? null : sealing.open(content.sealed, wordsContext(person, source)));

/** Whether the words of an entry are those that its chain is over (ARC-25). */
export const areWordsWhole = (sealing: Sealing, entry: Entry): boolean => {
  try {
    const words = openWords(sealing, entry);
    return words === null || hashOf(sealing, entry, words) === entry.content?.hash;
  } catch {
    return false;
  }
};
