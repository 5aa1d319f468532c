import { Button, Popconfirm } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { texts } from './texts.ts';

type Props = { text: string; question: string; loading: boolean; onConfirm(): void };

/** A button that asks once more before it does what it says. */
export const ConfirmedButton = ({ text, question, loading, onConfirm }: Props) => {
  const t = useTexts(texts);
  return (
    <Popconfirm title={question} okText={t.yes} cancelText={t.no} onConfirm={onConfirm}>
      <Button loading={loading}>{text}</Button>
    </Popconfirm>
  );
};
