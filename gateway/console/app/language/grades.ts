import { useMemo } from 'react';
import { useLanguage } from './language.tsx';

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** Name of a grade within its stage, 三年级, in the language that is spoken. */
export const useGrades = (): ((grade: number) => string) => {
  const { language } = useLanguage();
  return useMemo(
    () => (grade) => (language === 'zh' ? `${numerals[grade - 1] ?? grade}年级` : `Grade ${grade}`),
    [language],
  );
};
