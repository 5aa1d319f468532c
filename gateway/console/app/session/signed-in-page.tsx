import { Button, Spin } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../language/language.tsx';
import { Notice } from '../layout/notice.tsx';
import { useSession } from './session.tsx';
import { texts } from './texts.ts';

/** Where the issuer leads back to: takes up its answer, once, and goes on. */
export const SignedInPage = () => {
  const t = useTexts(texts);
  const { takeUp, signIn } = useSession();
  const [refused, setRefused] = useState(false);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    takeUp().catch(() => setRefused(true));
  }, [takeUp]);
  if (!refused) return <Spin fullscreen />;
  return (
    <Notice title={t.refused} more={t.refusedMore}>
      <Button type="primary" onClick={() => void signIn('/')}>
        {t.signIn}
      </Button>
    </Notice>
  );
};
