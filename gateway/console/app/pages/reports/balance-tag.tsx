import { Tag } from 'antd';
import { useWords } from '../../language/words.ts';

const colours = { BALANCED: 'success', UNBALANCED: 'error', CATCHING_UP: 'processing' } as const;

/** What a comparison of opening, flows and closing came to; the colour repeats what the word says. */
export const BalanceTag = ({ balance }: { balance: keyof typeof colours }) => (
  <Tag color={colours[balance]}>{useWords()('Balance', balance)}</Tag>
);
