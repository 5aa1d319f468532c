import { Button, Flex, Typography } from 'antd';
import { useTexts } from '../language/language.tsx';
import { LanguageSwitch } from '../shell/language-switch.tsx';
import { useSession } from './session.tsx';
import { texts } from './texts.ts';

/** Shown in place of any page while nobody is signed in; signing in leads back to that page. */
export const SignInPage = ({ said, returnTo }: { said?: string; returnTo?: string }) => {
  const t = useTexts(texts);
  const { signIn } = useSession();
  return (
    <Flex component="main" className="door" align="center" justify="center" vertical gap="large">
      <Flex vertical gap="middle" className="panel door-card">
        <Typography.Title level={1} className="door-title">
          {t.title}
        </Typography.Title>
        <Typography.Text>{said ?? t.subtitle}</Typography.Text>
        <Button type="primary" size="large" block onClick={() => void signIn(returnTo)}>
          {t.signIn}
        </Button>
        <a href="/check">{t.checkCertificate}</a>
      </Flex>
      <LanguageSwitch />
    </Flex>
  );
};
