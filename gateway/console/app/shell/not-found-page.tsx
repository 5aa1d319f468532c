import { Result } from 'antd';
import { Link } from 'react-router';
import { type Texts, useTexts } from '../language/language.tsx';

const texts = {
  title: ['没有这个页面', 'There is no such page'],
  home: ['返回首页', 'To the first page'],
} satisfies Texts;

export const NotFoundPage = () => {
  const t = useTexts(texts);
  return <Result status="404" title={t.title} extra={<Link to="/">{t.home}</Link>} />;
};
