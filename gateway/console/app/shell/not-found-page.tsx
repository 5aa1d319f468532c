import { Link } from 'react-router';
import { type Texts, useTexts } from '../language/language.tsx';
import { Notice } from '../layout/notice.tsx';

const texts = {
  title: ['没有这个页面', 'There is no such page'],
  home: ['返回首页', 'To the first page'],
} satisfies Texts;

export const NotFoundPage = () => {
  const t = useTexts(texts);
  return (
    <Notice title={t.title}>
      <Link to="/">{t.home}</Link>
    </Notice>
  );
};
