import { Breadcrumb, Button, Empty, Flex, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { changed } from '../../values/changed-address.ts';
import { StatusTag } from '../../values/status-tag.tsx';
import { gradeIn, gradesOf } from './class-list.ts';
import { PlacingDocument, type PlacingQuery } from './generated/placing.ts';
import { SchoolStagesDocument, type SchoolStagesQuery } from './generated/school-stages.ts';
import { PlaceAsWanted } from './place-as-wanted.tsx';
import { PlacePupils } from './place-pupils.tsx';
import { useSchool } from './school-choice.tsx';
import { texts } from './texts.ts';
import './classes.css';

type Stages = NonNullable<SchoolStagesQuery['school']>['stages'];
type Stage = Stages[number]['stage'];
type Row = NonNullable<PlacingQuery['enrollments']>['edges'][number]['node'];

type Grade = { stage: Stage; grade: number };

const GradeChoice = ({ stages, stage, grade }: { stages: Stages } & Grade) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const [search, setSearch] = useSearchParams();
  const look = (at: string, of: number): void =>
    setSearch(changed(search, { stage: at, grade: String(of) }), { replace: true });
  return (
    <Flex gap="small" wrap align="center">
      <Select
        aria-label={t.stage}
        value={stage}
        options={stages.map((each) => ({ value: each.stage, label: words('Stage', each.stage) }))}
        onChange={(value) => look(value, 1)}
      />
      <Select
        aria-label={t.grade}
        value={grade}
        options={Array.from({ length: gradesOf(stages, stage) }, (_, at) => ({
          value: at + 1,
          label: gradeName(at + 1),
        }))}
        onChange={(value) => look(stage, value)}
      />
    </Flex>
  );
};

type PupilsProps = {
  rows: readonly Row[];
  chosen: readonly string[];
  onChoose(ids: readonly string[]): void;
};

const Pupils = ({ rows, chosen, onChoose }: PupilsProps) => {
  const t = useTexts(texts);
  const words = useWords();
  const columns: TableColumnsType<Row> = [
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
    { key: 'wanted', title: t.wanted, render: (_, { classWanted }) => classWanted },
    { key: 'status', title: t.status, render: (_, { status }) => <StatusTag status={status} /> },
  ];
  return (
    <div className="wide-table">
      <Table
        size="small"
        columns={columns}
        dataSource={[...rows]}
        rowKey={({ id }) => id}
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => onChoose(keys.map(String)),
          getCheckboxProps: ({ allowedActions }) => ({ disabled: !allowedActions.includes('ASSIGN_CLASS') }),
        }}
        pagination={false}
      />
    </div>
  );
};

type PlacingProps = { school: string; placing: PlacingQuery; onPage(after: string | null): void };

const Placing = ({ school, placing: { schoolClasses, enrollments }, onPage }: PlacingProps) => {
  const t = useTexts(texts);
  const [ids, setIds] = useState<readonly string[]>([]);
  const rows = enrollments?.edges.map(({ node }) => node) ?? [];
  const classes = schoolClasses ?? [];
  const [any] = classes;
  const chosen = rows.filter(({ id }) => ids.includes(id));
  return (
    <Flex vertical gap="middle">
      {any ? (
        <>
          <PlacePupils classes={classes} chosen={chosen} page="Placing" onDone={() => setIds([])} />
          <PlaceAsWanted school={school} stage={any.stage} cohort={any.cohort} />
        </>
      ) : (
        <Empty description={t.noClassOfGrade} />
      )}
      {rows.length > 0 ? (
        <Pupils rows={rows} chosen={ids} onChoose={setIds} />
      ) : (
        <Empty description={t.noUnplaced} />
      )}
      <Flex gap="small" justify="end">
        <Button onClick={() => onPage(null)}>{t.first}</Button>
        <Button
          disabled={!enrollments?.pageInfo.hasNextPage}
          onClick={() => onPage(enrollments?.pageInfo.endCursor ?? null)}
        >
          {t.more}
        </Button>
      </Flex>
    </Flex>
  );
};

const PlacingOfGrade = ({ school, stage, grade }: { school: string } & Grade) => {
  const [after, setAfter] = useState<string | null>(null);
  return (
    <Answer
      document={PlacingDocument}
      variables={{ school, stage, grade, after }}
      select={({ schoolClasses, enrollments }) => schoolClasses && enrollments}
    >
      {(placing) => <Placing school={school} placing={placing} onPage={setAfter} />}
    </Answer>
  );
};

const PlacingPanel = ({ school, stages }: { school: string; stages: Stages }) => {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const [first] = stages;
  const at = gradeIn(search, stages) ?? (first && { stage: first.stage, grade: 1 });
  if (!at) return <Empty description={t.noSchool} />;
  return (
    <Panel title={t.placeUnplaced} extra={<GradeChoice stages={stages} {...at} />}>
      <PlacingOfGrade key={`${at.stage} ${at.grade}`} school={school} {...at} />
    </Panel>
  );
};

/** Pupils of a grade without a class are placed, many at a time; the grade stands in the address. */
export default function PlacingPage() {
  const t = useTexts(texts);
  const school = useSchool();
  const [search] = useSearchParams();
  const above = [{ title: <Link to={`/classes?${search}`}>{t.title}</Link> }, { title: t.placing }];
  return (
    <>
      <PageHead title={t.placing} above={<Breadcrumb items={above} />} />
      {school ? (
        <Answer
          document={SchoolStagesDocument}
          variables={{ school }}
          select={({ school: found }) => found}
          empty={<Empty description={t.noSchool} />}
        >
          {({ school: found }) => found && <PlacingPanel school={school} stages={found.stages} />}
        </Answer>
      ) : (
        <Empty description={t.noSchool} />
      )}
    </>
  );
}
