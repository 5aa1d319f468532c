import { Breadcrumb, Empty, Select } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { BeginDeath, BeginExpulsion, BeginOtherLeave, BeginWithdrawal } from './begin-leaving.tsx';
import { BeginAbroad, BeginGradeChange, BeginReturn } from './begin-stay.tsx';
import { BeginComeBack, BeginResumption, BeginSuspension } from './begin-suspension.tsx';
import { texts } from './begin-texts.ts';
import { BeginChangeDocument, type BeginChangeQuery } from './generated/begin-change.ts';

type Student = NonNullable<BeginChangeQuery['student']>;
type Enrollment = NonNullable<Student['enrollment']>;

const kinds = [
  ['SUSPENSION', BeginSuspension],
  ['RESUMPTION', BeginResumption],
  ['GRADE_CHANGE', BeginGradeChange],
  ['WITHDRAWAL', BeginWithdrawal],
  ['ABROAD', BeginAbroad],
  ['RETURN', BeginReturn],
  ['OTHER_LEAVE', BeginOtherLeave],
  ['COME_BACK', BeginComeBack],
  ['EXPULSION', BeginExpulsion],
  ['DEATH', BeginDeath],
] as const;

const About = ({ name, enrollment }: { name: string | null; enrollment: Enrollment }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const gradeName = useGrades();
  const { school, status, stage, grade, suspendedUntil } = enrollment;
  return (
    <Panel title={t.about}>
      <Values
        items={[
          [t.student, name ?? '***'],
          [t.school, school.name],
          [t.status, <StatusTag key="status" status={status} />],
          [t.grade, `${words('Stage', stage)} ${gradeName(grade)}`],
          ...(suspendedUntil ? ([[t.suspendedUntil, formats.day(suspendedUntil)]] as const) : []),
        ]}
      />
    </Panel>
  );
};

const Choosing = ({ enrollment }: { enrollment: Enrollment }) => {
  const t = useTexts(texts);
  const words = useWords();
  const [search, setSearch] = useSearchParams();
  const offered = kinds.filter(([kind]) => enrollment.allowedActions.includes(`BEGIN_${kind}`));
  const [chosen, Begin] = offered.find(([kind]) => kind === search.get('kind')) ?? [];
  if (offered.length === 0) return <Empty description={t.nothingToBegin} />;
  return (
    <>
      <Panel title={t.which}>
        <Select
          aria-label={t.which}
          placeholder={t.choose}
          className="work-filter"
          value={chosen}
          options={offered.map(([kind]) => ({ value: kind, label: words('EnrollmentCaseKind', kind) }))}
          onChange={(kind) => setSearch({ kind }, { replace: true })}
        />
      </Panel>
      {Begin && <Begin key={chosen} registration={enrollment} />}
    </>
  );
};

/** The school begins a change of a pupil's registration; which ones there are the graph says. The kind stands in the address. */
export default function BeginChangePage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/students">{t.students}</Link> },
    { title: <Link to={`/students/${id}`}>{t.record}</Link> },
    { title: t.title },
  ];
  return (
    <>
      <PageHead title={t.title} above={<Breadcrumb items={above} />} />
      <Answer
        document={BeginChangeDocument}
        variables={{ student: id }}
        select={({ student }) => student?.enrollment}
        empty={<Empty description={t.missing} />}
      >
        {({ student }) =>
          student?.enrollment && (
            <div className="panels">
              <About name={student.name} enrollment={student.enrollment} />
              <Choosing enrollment={student.enrollment} />
            </div>
          )
        }
      </Answer>
    </>
  );
}
