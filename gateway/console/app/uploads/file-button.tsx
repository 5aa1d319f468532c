import { Button, Flex } from 'antd';
import { useState } from 'react';
import { type Texts, useTexts } from '../language/language.tsx';
import { saveFile } from './saved-file.ts';

const texts = {
  failed: ['文件未能打开，请刷新页面后重试', 'The file could not be opened; load the page again'],
} satisfies Texts;

type Props = {
  /** Short-lived address, as the graph told it. */
  url: string;
  /** Under which name it is saved. */
  name: string;
  text: string;
};

/** Fetches a file for who is signed in, and saves it. */
export const FileButton = ({ url, name, text }: Props) => {
  const t = useTexts(texts);
  const [isUnderWay, setUnderWay] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const save = async (): Promise<void> => {
    setUnderWay(true);
    setFailed(false);
    try {
      await saveFile(url, name);
    } catch {
      setFailed(true);
    } finally {
      setUnderWay(false);
    }
  };
  return (
    <Flex vertical gap="small">
      <Button loading={isUnderWay} onClick={() => void save()}>
        {text}
      </Button>
      {hasFailed && <span role="alert">{t.failed}</span>}
    </Flex>
  );
};
