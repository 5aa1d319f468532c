import { Button, Modal, Spin } from 'antd';
import type { ReactNode } from 'react';
import { useTexts } from '../language/language.tsx';
import { Notice } from '../layout/notice.tsx';
import { useSession } from './session.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { texts } from './texts.ts';

/** Lets in who is signed in. Who was stays where they are and is asked to sign in again. */
export const Gate = ({ children }: { children: ReactNode }) => {
  const t = useTexts(texts);
  const { standing, signIn } = useSession();
  if (standing === 'LOADING') return <Spin fullscreen />;
  if (standing === 'SIGNED_OUT') return <SignInPage />;
  if (standing === 'UNREACHABLE') {
    return (
      <Notice title={t.unreachable} more={t.unreachableMore}>
        <Button onClick={() => location.reload()}>{t.again}</Button>
      </Notice>
    );
  }
  return (
    <>
      {children}
      <Modal
        open={standing === 'EXPIRED'}
        title={t.expired}
        closable={false}
        cancelButtonProps={{ hidden: true }}
        okText={t.signInAgain}
        onOk={() => void signIn()}
      >
        {t.expiredMore}
      </Modal>
    </>
  );
};
