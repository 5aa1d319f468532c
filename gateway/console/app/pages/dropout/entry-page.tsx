import { Breadcrumb, Empty, Tag, Timeline } from 'antd';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { type Entry, EntryOrders } from './entry-orders.tsx';
import { DropoutPageDocument } from './generated/entry.ts';
import { texts } from './texts.ts';

const useWho = ({ student, child }: Entry) => {
  const t = useTexts(texts);
  const formats = useFormats();
  if (student)
    return [
      [
        t.child,
        <Link key="student" to={`/students/${student.id}`}>
          {student.name ?? '***'}
        </Link>,
      ],
    ] as const;
  if (!child) return [];
  return [
    [t.child, `${child.name} · ${t.notRegistered}`],
    [t.birthDate, formats.day(child.birthDate)],
    [t.guardian, [child.guardianName, child.guardianPhone].filter(Boolean).join(' · ') || '–'],
    [t.address, child.address ?? '–'],
  ] as const;
};

const About = ({ entry }: { entry: Entry }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const who = useWho(entry);
  const { state, school, stage, source, since, householdCounty, householdToldOn } = entry;
  const { reportedTo, reportedAt, nextActionOn, overdue, endedAt } = entry;
  return (
    <Values
      items={[
        [t.state, <Tag key="state">{words('DropoutState', state)}</Tag>],
        ...who,
        ...(school ? ([[t.school, school.name]] as const) : []),
        [t.stage, words('Stage', stage)],
        [t.source, words('DropoutSource', source)],
        [t.since, formats.day(since)],
        ...(householdCounty ? ([[t.household, householdCounty]] as const) : []),
        ...(householdToldOn ? ([[t.householdTold, formats.day(householdToldOn)]] as const) : []),
        ...(reportedAt
          ? ([
              [
                t.reported,
                `${formats.instant(reportedAt)} · ${reportedTo.map((to) => words('DropoutRecipient', to)).join('、')}`,
              ],
            ] as const)
          : []),
        ...(endedAt ? [] : ([[t.next, <Clock key="next" due={nextActionOn} overdue={overdue} />]] as const)),
      ]}
    />
  );
};

const Course = ({ actions }: Pick<Entry, 'actions'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <Timeline
      items={actions.map(({ ordinal, kind, actedOn, measure, reached, note, unit }) => ({
        key: ordinal,
        content: (
          <>
            <time dateTime={actedOn}>{formats.day(actedOn)}</time> · {words('DropoutActionKind', kind)} ·{' '}
            {unit}
            {measure && ` · ${words('DropoutMeasure', measure)}`}
            {reached !== null && ` · ${reached ? t.reached : t.notReached}`}
            {note && <div>{note}</div>}
          </>
        ),
      }))}
    />
  );
};

/** An entry of the dropout ledger (W-15): who is out of school, what was done, until when the next is due, and what the viewer may do. */
export default function DropoutPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Answer
        document={DropoutPageDocument}
        variables={{ id }}
        select={({ dropoutEntry }) => dropoutEntry}
        empty={<Empty description={t.missing} />}
      >
        {({ dropoutEntry: entry }) =>
          entry && (
            <div className="panels">
              <Panel title={t.about} extra={<EntryOrders entry={entry} />}>
                <About entry={entry} />
              </Panel>
              {entry.blockers.length > 0 && (
                <Panel title={t.standing}>
                  <FindingList findings={entry.blockers} />
                </Panel>
              )}
              <Panel title={t.course}>
                <Course actions={entry.actions} />
              </Panel>
            </div>
          )
        }
      </Answer>
    </>
  );
}
