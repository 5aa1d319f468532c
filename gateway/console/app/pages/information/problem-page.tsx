import { Empty, Tag, Timeline } from 'antd';
import { useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { CaseHead } from './case-head.tsx';
import { ProblemPageDocument, type ProblemPageQuery } from './generated/problem.ts';
import { ProblemOrders } from './problem-orders.tsx';
import { StudentLink } from './student-link.tsx';
import { texts } from './texts.ts';

type Problem = NonNullable<ProblemPageQuery['problemRecord']>;

const About = ({ problem }: { problem: Problem }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { kind, state, source, student, other, openedAt, turn, resolution } = problem;
  const { dueOn, provisionalDue, overdue } = problem;
  return (
    <Values
      items={[
        [t.kind, words('ProblemRecordKind', kind)],
        [t.state, <Tag key="state">{words('ProblemRecordState', state)}</Tag>],
        [t.student, <StudentLink key="student" student={student} />],
        ...(other ? ([[t.other, <StudentLink key="other" student={other} />]] as const) : []),
        [t.source, words('ProblemSource', source)],
        [t.openedAt, formats.instant(openedAt)],
        ...(turn
          ? ([
              [t.due, <Clock key="due" due={dueOn} provisional={provisionalDue} overdue={overdue} />],
              [t.turn, turn],
            ] as const)
          : []),
        ...(resolution ? ([[t.resolution, words('ProblemResolution', resolution)]] as const) : []),
      ]}
    />
  );
};

const Course = ({ history }: Pick<Problem, 'history'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <Timeline
      items={history.map(({ at, state, unit, note, papers }) => ({
        key: `${at} ${state}`,
        content: (
          <>
            <time dateTime={at}>{formats.instant(at)}</time> · {words('ProblemRecordState', state)} · {unit}
            {papers > 0 && ` · ${papers} ${t.paperCount}`}
            {note && <div>{note}</div>}
          </>
        ),
      }))}
    />
  );
};

/** A problem record (W-22): what is wrong with whose record, whose turn it is until when, and what the viewer may do. */
export default function ProblemPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <CaseHead title={t.problem} />
      <Answer
        document={ProblemPageDocument}
        variables={{ id }}
        select={({ problemRecord }) => problemRecord}
        empty={<Empty description={t.missing} />}
      >
        {({ problemRecord: problem }) =>
          problem && (
            <div className="panels">
              <Panel title={t.about} extra={<ProblemOrders problem={problem} />}>
                <About problem={problem} />
              </Panel>
              {problem.blockers.length > 0 && (
                <Panel title={t.standing}>
                  <FindingList findings={problem.blockers} />
                </Panel>
              )}
              <Panel title={t.course}>
                <Course history={problem.history} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
