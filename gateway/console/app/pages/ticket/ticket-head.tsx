import { Breadcrumb } from 'antd';
import { Link } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { texts } from './texts.ts';

/** Head of a ticket's page, with the way back to the inbox. */
export const TicketHead = ({ title }: { title: string }) => {
  const t = useTexts(texts);
  return (
    <PageHead
      title={title}
      above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title }]} />}
    />
  );
};
