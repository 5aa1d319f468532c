import { Button, Flex } from 'antd';
import { type Texts, useTexts } from '../language/language.tsx';

const texts = {
  previous: ['上一页', 'Previous'],
  next: ['下一页', 'Next'],
} satisfies Texts;

type Props = {
  /** Cursors of the pages that were turned, the last one leading to what is shown. */
  turned: readonly string[];
  onTurn(turned: readonly string[]): void;
  pageInfo: { endCursor: string | null; hasNextPage: boolean } | undefined;
};

/** Turns the pages of a list, forth and back. */
export const Pager = ({ turned, onTurn, pageInfo }: Props) => {
  const t = useTexts(texts);
  return (
    <Flex gap="small" justify="end">
      <Button disabled={turned.length === 0} onClick={() => onTurn(turned.slice(0, -1))}>
        {t.previous}
      </Button>
      <Button
        disabled={!pageInfo?.hasNextPage}
        onClick={() => onTurn([...turned, pageInfo?.endCursor ?? ''])}
      >
        {t.next}
      </Button>
    </Flex>
  );
};
