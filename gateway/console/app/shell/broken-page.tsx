import { Button } from 'antd';
import { type Texts, useTexts } from '../language/language.tsx';
import { Notice } from '../layout/notice.tsx';

const texts = {
  title: ['页面未能显示', 'The page could not be shown'],
  more: ['可能是工作台刚刚更新，请刷新页面。', 'The console may have been updated just now; load it again.'],
  again: ['刷新', 'Load again'],
} satisfies Texts;

/** Stands in for a page whose program failed or did not arrive. */
export const BrokenPage = () => {
  const t = useTexts(texts);
  return (
    <Notice title={t.title} more={t.more}>
      <Button type="primary" onClick={() => location.reload()}>
        {t.again}
      </Button>
    </Notice>
  );
};
