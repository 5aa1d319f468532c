import { Breadcrumb, Empty, Flex, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { dayOf } from '../../clocks/days-left.ts';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import { CertificateOrders } from './certificate-orders.tsx';
import { CertificatePageDocument, type CertificatePageQuery } from './generated/certificate.ts';
import { PrintPanel } from './print-panel.tsx';
import { texts } from './texts.ts';

type Certificate = NonNullable<CertificatePageQuery['certificate']>;

const About = ({ certificate }: { certificate: Certificate }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { kind, stage, state, number, originalNumber, student, school, issuer, issuedOn } = certificate;
  const { sealDueOn, sealedOn, revokedOn, revocationReason, copies } = certificate;
  const waitsForSeal = state === 'DRAFTED' && sealDueOn;
  return (
    <Values
      items={[
        [t.kind, words('CertificateKind', kind)],
        [t.state, <Tag key="state">{words('CertificateState', state)}</Tag>],
        [
          t.student,
          <Link key="student" to={`/students/${student.id}`}>
            {student.name ?? '***'}
          </Link>,
        ],
        [t.stage, words('Stage', stage)],
        [t.school, school.name],
        [t.number, number],
        ...(originalNumber ? ([[t.originalNumber, originalNumber]] as const) : []),
        [t.issuer, `${words('CertificateIssuerKind', issuer.kind)} ${issuer.code}`],
        [t.issuedOn, formats.day(issuedOn)],
        ...(waitsForSeal
          ? ([
              [t.sealDueOn, <Clock key="seal" due={sealDueOn} overdue={sealDueOn < dayOf(new Date())} />],
            ] as const)
          : []),
        ...(sealedOn ? ([[t.sealedOn, formats.day(sealedOn)]] as const) : []),
        ...(revokedOn ? ([[t.revokedOn, formats.day(revokedOn)]] as const) : []),
        ...(revocationReason
          ? ([[t.revocationReason, words('CertificateRevocationReason', revocationReason)]] as const)
          : []),
        ...(copies > 0 ? ([[t.copies, formats.number(copies)]] as const) : []),
      ]}
    />
  );
};

const Electronic = ({ certificate: { number, electronic } }: { certificate: Certificate }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  if (!electronic) return <Empty description={t.noElectronic} />;
  const { issuedAt, url, pageUrl } = electronic;
  return (
    <Flex vertical gap="middle">
      <Values items={[[t.issuedAt, formats.instant(issuedAt)]]} />
      <Flex gap="small" wrap>
        {url && <FileButton url={url} name={`${number}.jws`} text={t.electronicFile} />}
        {pageUrl && <FileButton url={pageUrl} name={`${number}.pdf`} text={t.electronicPage} />}
      </Flex>
    </Flex>
  );
};

/** A certificate: how it stands, its electronic form, its prints, and what the viewer may do with it. */
export default function CertificatePage() {
  const t = useTexts(texts);
  const { id = '', certificate: key = '' } = useParams();
  const above = [
    { title: <Link to="/students">{t.students}</Link> },
    { title: <Link to={`/students/${id}?tab=certificates`}>{t.record}</Link> },
    { title: t.certificate },
  ];
  return (
    <>
      <PageHead title={t.certificate} above={<Breadcrumb items={above} />} />
      <Answer
        document={CertificatePageDocument}
        variables={{ id: key }}
        select={({ certificate }) => certificate}
        empty={<Empty description={t.missing} />}
      >
        {({ certificate }) =>
          certificate && (
            <div className="panels">
              <Panel title={t.about} extra={<CertificateOrders certificate={certificate} />}>
                <About certificate={certificate} />
              </Panel>
              <Panel title={t.electronic}>
                <Electronic certificate={certificate} />
              </Panel>
              {certificate.prints && <PrintPanel certificate={certificate} />}
            </div>
          )
        }
      </Answer>
    </>
  );
}
