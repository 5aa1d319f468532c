import { ConfigProvider } from 'antd';
import enGB from 'antd/locale/en_GB';
import zhCN from 'antd/locale/zh_CN';
import { Outlet } from 'react-router';
import { useLanguage } from './language/language.tsx';
import { SessionProvider } from './session/session.tsx';
import { theme } from './theme.ts';

/** Look, language and session of every page. */
export const Root = () => {
  const { language } = useLanguage();
  return (
    <ConfigProvider
      theme={theme}
      locale={language === 'zh' ? zhCN : enGB}
      button={{ autoInsertSpace: false }}
    >
      <SessionProvider>
        <Outlet />
      </SessionProvider>
    </ConfigProvider>
  );
};
