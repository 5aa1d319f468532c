import { Empty, Flex, Select, Table, type TableColumnsType } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { changed } from '../../values/changed-address.ts';
import { gradeIn, gradesOf, sortedClasses } from './class-list.ts';
import { CreateClass } from './class-orders.tsx';
import type { ClassShownFragment } from './generated/class.ts';
import { ClassesDocument, type ClassesQuery } from './generated/classes.ts';
import { SchoolChoice, useSchool } from './school-choice.tsx';
import { SizeShown } from './size-shown.tsx';
import { texts } from './texts.ts';
import './classes.css';

type School = NonNullable<ClassesQuery['school']>;

const ClassTable = ({ classes }: { classes: readonly ClassShownFragment[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const columns: TableColumnsType<ClassShownFragment> = [
    {
      key: 'name',
      title: t.schoolClass,
      render: (_, { id, name }) => <Link to={`/classes/${id}`}>{name}</Link>,
    },
    {
      key: 'grade',
      title: t.grade,
      render: (_, { stage, grade }) => `${words('Stage', stage)} ${gradeName(grade)}`,
    },
    { key: 'cohort', title: t.cohort, render: (_, { cohort }) => cohort },
    { key: 'size', title: t.size, render: (_, row) => <SizeShown {...row} /> },
    {
      key: 'teacher',
      title: t.teacher,
      render: (_, { teacher }) => teacher?.subject ?? <span className="quiet">{t.noTeacher}</span>,
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...classes]}
      rowKey={({ id }) => id}
      pagination={classes.length > 50 && { pageSize: 50, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
    />
  );
};

const GradeFilter = ({ stages }: Pick<School, 'stages'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const [search, setSearch] = useSearchParams();
  const chosen = gradeIn(search, stages);
  const options = stages.flatMap(({ stage }) =>
    Array.from({ length: gradesOf(stages, stage) }, (_, at) => ({
      value: `${stage} ${at + 1}`,
      label: `${words('Stage', stage)} ${gradeName(at + 1)}`,
    })),
  );
  const look = (value: string | undefined): void => {
    const [stage, grade] = value?.split(' ') ?? [];
    setSearch(changed(search, { stage: stage ?? null, grade: grade ?? null }), { replace: true });
  };
  return (
    <Select
      aria-label={t.grade}
      placeholder={t.allGrades}
      allowClear
      className="work-filter"
      value={chosen && `${chosen.stage} ${chosen.grade}`}
      onChange={look}
      options={options}
    />
  );
};

type ListProps = { school: School; classes: readonly ClassShownFragment[] };

const ClassList = ({ school, classes }: ListProps) => {
  const t = useTexts(texts);
  const [search] = useSearchParams();
  const isFormer = search.get('former') === '1';
  const { running, former } = sortedClasses(classes, school.stages);
  const grade = gradeIn(search, school.stages);
  const shown = isFormer
    ? former
    : running.filter((each) => !grade || (each.stage === grade.stage && each.grade === grade.grade));
  const tools = (
    <Flex gap="small" wrap align="center">
      {!isFormer && <GradeFilter stages={school.stages} />}
      <Link to={`?${changed(search, { former: isFormer ? null : '1' })}`}>
        {isFormer ? t.showRunning : t.showFormer}
      </Link>
    </Flex>
  );
  return (
    <Panel title={isFormer ? t.former : t.list} extra={tools}>
      {shown.length > 0 ? (
        <ClassTable classes={shown} />
      ) : (
        <Empty description={isFormer ? t.noFormer : t.noClasses} />
      )}
    </Panel>
  );
};

/** Whether the viewer works on the records of a school: its own staff, or its registry authority (ORG-11). */
const worksOn = (viewer: ReturnType<typeof useViewer>, { id, registryAuthority }: School): boolean =>
  viewer.school ? viewer.school.id === id : viewer.unit?.code === registryAuthority.code;

const SchoolClasses = ({ school: id }: { school: string }) => {
  const t = useTexts(texts);
  const viewer = useViewer();
  const [search] = useSearchParams();
  return (
    <Answer
      document={ClassesDocument}
      variables={{ school: id }}
      select={({ school, schoolClasses }) => schoolClasses && school}
      empty={<Empty description={t.noSchool} />}
    >
      {({ school, schoolClasses }) =>
        school && (
          <Flex vertical gap="middle">
            <Flex gap="small" wrap align="center">
              <SchoolChoice name={school.name} />
              {worksOn(viewer, school) && viewer.allowedActions.includes('class.assign') && (
                <>
                  <CreateClass school={school} />
                  <Link to={`/classes/placing?${changed(search, { former: null })}`}>{t.placeUnplaced}</Link>
                </>
              )}
            </Flex>
            <ClassList school={school} classes={schoolClasses ?? []} />
          </Flex>
        )
      }
    </Answer>
  );
};

/** What a school does with whole grades beside its classes, by the closed table of permissions. */
const beginnings = [
  ['graduation.operate', '/classes/graduation', 'graduation'],
  ['admission.enter', '/classes/admissions', 'admissions'],
] as const;

const Beginnings = () => {
  const t = useTexts(texts);
  const { allowedActions } = useViewer();
  return (
    <Flex gap="small" wrap>
      {beginnings
        .filter(([action]) => allowedActions.includes(action))
        .map(([action, to, text]) => (
          <Link key={action} to={to}>
            {t[text]}
          </Link>
        ))}
    </Flex>
  );
};

/** The classes of a school by grade, how full they are and who leads them; school, grade and cohorts stand in the address. */
export default function ClassesPage() {
  const t = useTexts(texts);
  const school = useSchool();
  return (
    <>
      <PageHead title={t.title} extra={<Beginnings />} />
      {school ? <SchoolClasses school={school} /> : <SchoolChoice name={undefined} />}
    </>
  );
}
