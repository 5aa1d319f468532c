import { Button, Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import type { Problem } from '../../graph/problems.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Guarded } from '../../values/guarded.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import type { Filter } from './filter.ts';
import { StudentsDocument, type StudentsQuery } from './generated/students.ts';
import { texts } from './texts.ts';

type Row = NonNullable<StudentsQuery['enrollments']>['edges'][number]['node'];

const useColumns = (problems: readonly Problem[]): TableColumnsType<Row> => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  return [
    {
      key: 'name',
      title: t.name,
      render: (_, { student }) => <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>,
    },
    {
      key: 'gender',
      title: t.gender,
      render: (_, { student }) => student.gender && words('Gender', student.gender),
    },
    {
      key: 'number',
      title: t.studentNumber,
      render: (_, { student }) =>
        student.studentNumber ?? <Guarded value={null} field="studentNumber" problems={problems} />,
    },
    { key: 'school', title: t.school, render: (_, { school }) => school.name },
    {
      key: 'class',
      title: t.schoolClass,
      render: (_, { stage, grade, schoolClass }) =>
        [words('Stage', stage), gradeName(grade), schoolClass?.name].filter(Boolean).join(' '),
    },
    { key: 'status', title: t.status, render: (_, { status }) => <StatusTag status={status} /> },
  ];
};

const Rows = ({ rows, problems }: { rows: readonly Row[]; problems: readonly Problem[] }) => (
  <Table
    size="middle"
    columns={useColumns(problems)}
    dataSource={[...rows]}
    rowKey={({ id }) => id}
    pagination={false}
    scroll={{ x: 'max-content' }}
  />
);

/** Students in the viewer's scope, a page at a time; begins anew with another filter. */
export const StudentList = ({ filter }: { filter: Filter }) => {
  const t = useTexts(texts);
  /** Where each page that was turned began. */
  const [turned, setTurned] = useState<readonly string[]>([]);
  const none = (
    <Empty description={t.none}>
      <p className="quiet">{t.noneMore}</p>
    </Empty>
  );
  return (
    <Answer
      document={StudentsDocument}
      variables={{ filter, after: turned.at(-1) }}
      select={({ enrollments }) => enrollments?.edges}
      empty={none}
    >
      {({ enrollments }, problems) => (
        <Flex vertical gap="middle">
          <Rows rows={enrollments?.edges.map(({ node }) => node) ?? []} problems={problems} />
          <Flex gap="small" justify="end">
            <Button disabled={turned.length === 0} onClick={() => setTurned(turned.slice(0, -1))}>
              {t.previous}
            </Button>
            <Button
              disabled={!enrollments?.pageInfo.hasNextPage}
              onClick={() => setTurned([...turned, enrollments?.pageInfo.endCursor ?? ''])}
            >
              {t.next}
            </Button>
          </Flex>
        </Flex>
      )}
    </Answer>
  );
};
