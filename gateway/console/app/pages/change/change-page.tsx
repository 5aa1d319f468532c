import { Breadcrumb, Empty, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { StepLine } from '../../clocks/step-line.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { StatusTag } from '../../values/status-tag.tsx';
import { ChangeOrders } from './change-orders.tsx';
import { ChangePageDocument, type ChangePageQuery } from './generated/change.ts';
import { texts } from './texts.ts';

type Change = NonNullable<ChangePageQuery['enrollmentCase']>;

const About = ({ change }: { change: Change }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { kind, state, student, school, enrollment, openedAt, suspension, resumption } = change;
  return (
    <Values
      items={[
        [t.kind, words('EnrollmentCaseKind', kind)],
        [t.state, <Tag key="state">{words('EnrollmentCaseState', state)}</Tag>],
        [
          t.student,
          <Link key="student" to={`/students/${student.id}`}>
            {student.name ?? '***'}
          </Link>,
        ],
        [t.school, school.name],
        [t.registration, enrollment && <StatusTag key="status" status={enrollment.status} />],
        [t.openedAt, formats.instant(openedAt)],
        ...(suspension
          ? ([
              [t.cause, words('SuspensionCause', suspension.ground)],
              [t.suspension, `${formats.day(suspension.from)} – ${formats.day(suspension.to)}`],
            ] as const)
          : []),
        ...(resumption ? ([[t.resumption, formats.day(resumption.returnedOn)]] as const) : []),
      ]}
    />
  );
};

const Course = ({ change: { steps, state } }: { change: Change }) => {
  const words = useWords();
  return (
    <StepLine
      isOver={state !== 'RUNNING'}
      steps={steps.map((step) => ({
        ...step,
        title: words('CaseParty', step.party),
        told: (
          <>
            {step.decision && <div>{words('StepDecision', step.decision)}</div>}
            {step.opinion && <div>{step.opinion}</div>}
            {step.reason && <div>{step.reason}</div>}
          </>
        ),
      }))}
    />
  );
};

/** A case about a registration: a suspension, a resumption, a withdrawal and the like. */
export default function ChangePage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Answer
        document={ChangePageDocument}
        variables={{ id }}
        select={({ enrollmentCase }) => enrollmentCase}
        empty={<Empty description={t.missing} />}
      >
        {({ enrollmentCase: change }) =>
          change && (
            <div className="panels">
              <Panel title={t.about} extra={<ChangeOrders change={change} />}>
                <About change={change} />
              </Panel>
              {change.blockers.length > 0 && (
                <Panel title={t.standing}>
                  <FindingList findings={change.blockers} />
                </Panel>
              )}
              <Panel title={t.course}>
                <Course change={change} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
