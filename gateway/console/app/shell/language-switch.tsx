import { Button } from 'antd';
import { useLanguage } from '../language/language.tsx';

/** Speaks the other language; called by its own name, so that who needs it can read it. */
export const LanguageSwitch = () => {
  const { language, speak } = useLanguage();
  const [other, name] = language === 'zh' ? (['en', 'English'] as const) : (['zh', '中文'] as const);
  return (
    <Button type="text" lang={other} onClick={() => speak(other)}>
      {name}
    </Button>
  );
};
