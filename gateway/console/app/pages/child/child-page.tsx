import { Breadcrumb, Button, Flex } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { ArchivePanel } from '../student/archive-panel.tsx';
import { CertificatesPanel } from '../student/certificates-panel.tsx';
import { IdentityPanel } from '../student/identity-panel.tsx';
import { StudentTicketsPanel } from '../student/tickets-panel.tsx';
import { CasesPanel } from './cases-panel.tsx';
import { texts } from './texts.ts';
import './child.css';

/** A guardian's view of the own child, for a phone: what is under way first, what can be asked for, then the record. */
export default function ChildPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { id = '' } = useParams();
  return (
    <div className="child">
      <PageHead
        title={t.title}
        above={
          <Breadcrumb items={[{ title: <Link to="/students">{t.children}</Link> }, { title: t.title }]} />
        }
      />
      <Flex vertical gap="middle">
        <CasesPanel id={id} />
        <Flex gap="small" wrap>
          <Button type="primary" onClick={() => navigate(`/students/${id}/transfer`)}>
            {t.apply}
          </Button>
          <Button onClick={() => navigate(`/students/${id}/update`)}>{t.update}</Button>
        </Flex>
        <StudentTicketsPanel id={id} />
        <IdentityPanel id={id} />
        <CertificatesPanel id={id} />
        <ArchivePanel id={id} />
      </Flex>
    </div>
  );
}
