import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';

export type Language = 'zh' | 'en';

/** Words of a page in both languages, Chinese first; they stand beside the page that shows them. */
export type Texts = Readonly<Record<string, readonly [zh: string, en: string]>>;

type Speaking = { language: Language; speak(language: Language): void };

const kept = 'xueji.language';
const Context = createContext<Speaking>({ language: 'zh', speak: () => undefined });

const remembered = (): Language => (localStorage.getItem(kept) === 'en' ? 'en' : 'zh');

/** Keeps the language of the whole page, Chinese unless the reader once chose otherwise. */
export const LanguageProvider = ({ children }: { children: ReactNode }) => {
  const [language, speak] = useState(remembered);
  useEffect(() => {
    localStorage.setItem(kept, language);
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const speaking = useMemo(() => ({ language, speak }), [language]);
  return <Context value={speaking}>{children}</Context>;
};

/** The language that is spoken, and how to speak another. */
export const useLanguage = (): Speaking => useContext(Context);

/** The words of a page in the language that is spoken. */
export const useTexts = <T extends Texts>(texts: T): Readonly<Record<keyof T, string>> => {
  const { language } = useLanguage();
  return useMemo(() => {
    const at = language === 'zh' ? 0 : 1;
    return Object.fromEntries(Object.entries(texts).map(([name, both]) => [name, both[at]])) as Record<
      keyof T,
      string
    >;
  }, [texts, language]);
};
