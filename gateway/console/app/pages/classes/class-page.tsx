import { Breadcrumb, Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { TeacherOrders } from './class-orders.tsx';
import { ClassPageDocument, type ClassPageQuery } from './generated/class.ts';
import { ParallelClassesDocument } from './generated/parallel-classes.ts';
import { PlacePupils } from './place-pupils.tsx';
import { SizeShown } from './size-shown.tsx';
import { texts } from './texts.ts';
import './classes.css';

type SchoolClass = NonNullable<ClassPageQuery['schoolClass']>;
type Member = NonNullable<SchoolClass['members']>[number];

const About = ({ schoolClass }: { schoolClass: SchoolClass }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const formats = useFormats();
  const { school, stage, grade, cohort, teacher } = schoolClass;
  return (
    <Values
      items={[
        [t.school, school.name],
        [t.grade, `${words('Stage', stage)} ${gradeName(grade)}`],
        [t.cohort, cohort],
        [t.size, <SizeShown key="size" {...schoolClass} />],
        [t.teacher, teacher?.subject ?? t.noTeacher],
        ...(teacher ? ([[t.teacherSince, formats.instant(teacher.since)]] as const) : []),
      ]}
    />
  );
};

type MoveProps = { schoolClass: SchoolClass; chosen: readonly Member[]; onDone(): void };

/** Moves chosen pupils to another class of the same grade. */
const Move = ({ schoolClass: { id, school, stage, grade }, chosen, onDone }: MoveProps) => (
  <Answer
    document={ParallelClassesDocument}
    variables={{ school: school.id, stage, grade }}
    select={({ schoolClasses }) => schoolClasses}
  >
    {({ schoolClasses }) => (
      <PlacePupils
        isMove
        classes={(schoolClasses ?? []).filter((each) => each.id !== id)}
        chosen={chosen}
        page="ClassPage"
        onDone={onDone}
      />
    )}
  </Answer>
);

const Members = ({ schoolClass }: { schoolClass: SchoolClass }) => {
  const t = useTexts(texts);
  const words = useWords();
  const [ids, setIds] = useState<readonly string[]>([]);
  const members = schoolClass.members ?? [];
  const columns: TableColumnsType<Member> = [
    {
      key: 'student',
      title: t.student,
      render: (_, { student }) => <Link to={`/students/${student.id}`}>{student.name ?? '***'}</Link>,
    },
    {
      key: 'gender',
      title: t.gender,
      render: (_, { student }) => student.gender && words('Gender', student.gender),
    },
    { key: 'status', title: t.status, render: (_, { status }) => <StatusTag status={status} /> },
  ];
  if (members.length === 0) return <Empty description={t.noMembers} />;
  const mayMove = schoolClass.allowedActions.includes('ASSIGN');
  return (
    <Flex vertical gap="middle">
      {mayMove && (
        <Move
          schoolClass={schoolClass}
          chosen={members.filter(({ id }) => ids.includes(id))}
          onDone={() => setIds([])}
        />
      )}
      <div className="wide-table">
        <Table
          size="small"
          columns={columns}
          dataSource={[...members]}
          rowKey={({ id }) => id}
          {...(mayMove && {
            rowSelection: {
              selectedRowKeys: [...ids],
              onChange: (keys: readonly unknown[]) => setIds(keys.map(String)),
              getCheckboxProps: ({ allowedActions }: Member) => ({
                disabled: !allowedActions.includes('ASSIGN_CLASS'),
              }),
            },
          })}
          pagination={false}
        />
      </div>
    </Flex>
  );
};

/** One class: how full it is, who leads it, who sits in it; pupils are moved to another class of their grade. */
export default function ClassPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <Answer
      document={ClassPageDocument}
      variables={{ id }}
      select={({ schoolClass }) => schoolClass}
      empty={<Empty description={t.missing} />}
    >
      {({ schoolClass }) =>
        schoolClass && (
          <>
            <PageHead
              title={schoolClass.name}
              above={
                <Breadcrumb
                  items={[
                    { title: <Link to={`/classes?school=${schoolClass.school.id}`}>{t.title}</Link> },
                    { title: schoolClass.name },
                  ]}
                />
              }
            />
            <div className="panels">
              <Panel
                title={t.schoolClass}
                extra={
                  schoolClass.allowedActions.includes('ASSIGN_TEACHER') && (
                    <Flex gap="small" wrap>
                      <TeacherOrders schoolClass={schoolClass} />
                    </Flex>
                  )
                }
              >
                <About schoolClass={schoolClass} />
              </Panel>
              <Panel title={t.members}>
                <Members schoolClass={schoolClass} />
              </Panel>
            </div>
          </>
        )
      }
    </Answer>
  );
}
