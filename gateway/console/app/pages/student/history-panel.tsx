import { Table, type TableColumnsType } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { StudentHistoryDocument, type StudentHistoryQuery } from './generated/history.ts';
import { texts } from './texts.ts';

type Row = NonNullable<NonNullable<StudentHistoryQuery['student']>['enrollmentHistory']>[number];

/** Every registration that the student had. */
export const HistoryPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const formats = useFormats();
  const columns: TableColumnsType<Row> = [
    { key: 'school', title: t.school, render: (_, { school }) => school.name },
    {
      key: 'grade',
      title: t.schoolClass,
      render: (_, { stage, grade }) => `${words('Stage', stage)} ${gradeName(grade)}`,
    },
    { key: 'status', title: t.status, render: (_, { status }) => <StatusTag status={status} /> },
    { key: 'since', title: t.registeredAt, render: (_, row) => formats.instant(row.registeredAt) },
  ];
  return (
    <Panel title={t.history}>
      <Answer
        document={StudentHistoryDocument}
        variables={{ id }}
        select={({ student }) => student?.enrollmentHistory}
      >
        {({ student }) => (
          <Table
            size="small"
            columns={columns}
            dataSource={[...(student?.enrollmentHistory ?? [])]}
            rowKey={(row) => row.id}
            pagination={false}
            scroll={{ x: 'max-content' }}
          />
        )}
      </Answer>
    </Panel>
  );
};
