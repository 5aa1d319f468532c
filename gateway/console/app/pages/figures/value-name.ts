import { useCallback } from 'react';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords, type WordKind } from '../../language/words.ts';
import { ALL, UNKNOWN } from './groups.ts';
import { dimensionTexts, valueTexts } from './texts.ts';

const wordsOf: Readonly<Record<string, WordKind>> = {
  STAGE: 'Stage',
  GENDER: 'Gender',
  STATUS: 'EnrollmentStatus',
  NUMBER_KIND: 'StudentNumberKind',
  DOCUMENT_TYPE: 'IdDocumentType',
  KIND: 'FlowKind',
};

/** What a dimension of a table is called. */
export const useDimensionName = (): ((dimension: string) => string) => {
  const names: Readonly<Record<string, string>> = useTexts(dimensionTexts);
  return useCallback((dimension) => names[dimension] ?? dimension, [names]);
};

/** What a value is called in the language that is spoken; units by the name that the graph gives them. */
export const useValueName = (): ((dimension: string, value: string, label?: string) => string) => {
  const words = useWords();
  const gradeName = useGrades();
  const texts: Readonly<Record<string, string>> = useTexts(valueTexts);
  return useCallback(
    (dimension, value, label) => {
      if (value === ALL) return texts.all ?? '';
      if (value === UNKNOWN) return texts.unknown ?? '';
      if (dimension === 'GRADE') return gradeName(Number(value));
      const kind = wordsOf[dimension];
      const word = kind ? words(kind, value) : value;
      return word === value ? (texts[value] ?? label ?? value) : word;
    },
    [words, gradeName, texts],
  );
};
