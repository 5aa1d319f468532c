import { LogoutOutlined, MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Flex, Layout, Menu, Spin, Tooltip } from 'antd';
import { Suspense, useState } from 'react';
import { Link, Outlet, useLocation } from 'react-router';
import { type Texts, useTexts } from '../language/language.tsx';
import { useSession } from '../session/session.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { entriesFor, navigationTexts } from './navigation.ts';
import { useViewer } from './viewer.tsx';

const texts = {
  title: ['学籍工作台', 'Registry console'],
  skip: ['跳到正文', 'Skip to the content'],
  navigation: ['主导航', 'Main navigation'],
  menu: ['打开导航', 'Open the navigation'],
  signOut: ['退出登录', 'Sign out'],
} satisfies Texts;

type NavigationProps = { mode: 'horizontal' | 'inline'; onChosen?: () => void };

const Navigation = ({ mode, onChosen }: NavigationProps) => {
  const t = useTexts(texts);
  const names = useTexts(navigationTexts);
  const section = useLocation().pathname.split('/')[1] ?? '';
  const items = entriesFor(useViewer()).map((entry) => ({
    key: entry.section,
    label: <Link to={`/${entry.section}`}>{names[entry.text]}</Link>,
  }));
  return (
    <nav aria-label={t.navigation} className="shell-navigation">
      <Menu
        mode={mode}
        items={items}
        selectedKeys={[section]}
        disabledOverflow={mode === 'horizontal'}
        onClick={onChosen}
      />
    </nav>
  );
};

const Who = () => {
  const t = useTexts(texts);
  const { signOut } = useSession();
  const { name, unit, school } = useViewer();
  const workplace = school?.name ?? unit?.name;
  return (
    <Flex align="center" gap="small" className="shell-who">
      <Tooltip title={workplace}>
        <span className="shell-name">{name}</span>
      </Tooltip>
      <LanguageSwitch />
      <Tooltip title={t.signOut}>
        <Button
          type="text"
          aria-label={t.signOut}
          icon={<LogoutOutlined aria-hidden />}
          onClick={() => void signOut()}
        />
      </Tooltip>
    </Flex>
  );
};

/** The frame of every page: where one can go, who one is; the page's program is loaded when it is opened. */
export const Shell = () => {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  return (
    <Layout className="shell">
      <a className="shell-skip" href="#content">
        {t.skip}
      </a>
      <Layout.Header className="shell-header">
        <Button
          type="text"
          className="shell-menu"
          aria-label={t.menu}
          aria-expanded={isOpen}
          icon={<MenuOutlined aria-hidden />}
          onClick={() => setOpen(true)}
        />
        <Link to="/" className="shell-title">
          {t.title}
        </Link>
        <Navigation mode="horizontal" />
        <Who />
      </Layout.Header>
      <Drawer open={isOpen} placement="left" size={260} onClose={() => setOpen(false)} title={t.title}>
        <Navigation mode="inline" onChosen={() => setOpen(false)} />
      </Drawer>
      <Layout.Content id="content" className="shell-content" tabIndex={-1}>
        <Suspense fallback={<Spin className="shell-waiting" />}>
          <Outlet />
        </Suspense>
      </Layout.Content>
    </Layout>
  );
};
