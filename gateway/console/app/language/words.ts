import { useMemo } from 'react';
import { words } from './generated/words.ts';
import { useLanguage } from './language.tsx';

/** Enum of the graph of which this console knows the words. */
export type WordKind = keyof typeof words;

/** What a code of the graph is called in the language that is spoken; a code that is newer than this console, itself. */
export const useWords = (): ((kind: WordKind, code: string) => string) => {
  const { language } = useLanguage();
  return useMemo(() => {
    const at = language === 'zh' ? 0 : 1;
    return (kind, code) => {
      const known: Readonly<Record<string, readonly [string, string]>> = words[kind];
      return known[code]?.[at] ?? code;
    };
  }, [language]);
};
