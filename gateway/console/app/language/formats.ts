import { useMemo } from 'react';
import { useLanguage } from './language.tsx';

const zone = 'Asia/Shanghai';
const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Numbers, days and instants as they are written in the language that is spoken; instants in the time of Beijing. */
export const useFormats = () => {
  const { language } = useLanguage();
  return useMemo(() => {
    const locale = locales[language];
    const number = new Intl.NumberFormat(locale);
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
    const instant = new Intl.DateTimeFormat(locale, {
      dateStyle: 'medium',
      timeStyle: 'short',
      timeZone: zone,
    });
    return {
      number: (value: number) => number.format(value),
      percent: (value: number) => percent.format(value),
      /** Of a Date of the graph, `2026-09-01`. */
      day: (value: string) => day.format(new Date(`${value}T00:00:00Z`)),
      /** Of a DateTime of the graph. */
      instant: (value: string) => instant.format(new Date(value)),
    };
  }, [language]);
};
