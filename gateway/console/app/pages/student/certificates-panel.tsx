import { Empty, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { StudentCertificatesDocument, type StudentCertificatesQuery } from './generated/certificates.ts';
import { texts } from './texts.ts';

type Row = NonNullable<NonNullable<StudentCertificatesQuery['student']>['certificates']>[number];

/** The student's certificates. */
export const CertificatesPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Row> = [
    { key: 'kind', title: t.kind, render: (_, { kind }) => words('CertificateKind', kind) },
    { key: 'stage', title: t.stage, render: (_, { stage }) => words('Stage', stage) },
    {
      key: 'number',
      title: t.certificateNumber,
      render: (_, row) => <Link to={`/students/${id}/certificates/${row.id}`}>{row.number}</Link>,
    },
    { key: 'school', title: t.school, render: (_, { school }) => school.name },
    { key: 'issued', title: t.issuedOn, render: (_, { issuedOn }) => formats.day(issuedOn) },
    { key: 'state', title: t.status, render: (_, { state }) => words('CertificateState', state) },
  ];
  return (
    <Panel title={t.certificates}>
      <Answer
        document={StudentCertificatesDocument}
        variables={{ id }}
        select={({ student }) => student?.certificates}
        empty={<Empty description={t.noCertificates} />}
      >
        {({ student }) => (
          <Table
            size="small"
            columns={columns}
            dataSource={[...(student?.certificates ?? [])]}
            rowKey={(row) => row.id}
            pagination={false}
            scroll={{ x: 'max-content' }}
          />
        )}
      </Answer>
    </Panel>
  );
};
