import { Breadcrumb, Empty, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { type Application, ApplicationOrders } from './application-orders.tsx';
import { ApplicationPageDocument } from './generated/application.ts';
import { TakeIn } from './take-in.tsx';
import { texts } from './texts.ts';

/** States in which somebody is still to answer. */
const waiting: readonly string[] = ['APPLIED', 'ARRANGING'];

const useAsked = ({ kind, stage, grade, ground, household, appliedOn }: Application) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const gradeName = useGrades();
  return [
    [t.kind, words('TransferKind', kind)],
    [t.grade, `${words('Stage', stage)} ${gradeName(grade)}`],
    [t.ground, words('TransferGround', ground)],
    ...(household
      ? ([
          [
            t.household,
            [words('HouseholdBorder', household.across), household.withGuardians && t.withGuardians]
              .filter(Boolean)
              .join(' · '),
          ],
        ] as const)
      : []),
    [t.appliedOn, formats.day(appliedOn)],
  ] as const;
};

const useAnswered = (application: Application) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { papersAsked, answeredAt, reasons, note, transfer, placeKeptUntil } = application;
  return [
    ...(papersAsked.length > 0
      ? ([[t.papersAsked, papersAsked.map((each) => words('TransferPaperKind', each)).join('；')]] as const)
      : []),
    ...(placeKeptUntil ? ([[t.placeKept, formats.day(placeKeptUntil)]] as const) : []),
    ...(answeredAt ? ([[t.answeredAt, formats.instant(answeredAt)]] as const) : []),
    ...(reasons.length > 0
      ? ([[t.reasons, reasons.map((each) => words('TransferRejectionReason', each)).join('；')]] as const)
      : []),
    ...(note ? ([[t.note, note]] as const) : []),
    ...(transfer
      ? ([
          [
            t.case,
            <Link key="case" to={`/work/transfers/${transfer.id}`}>
              {t.openCase}
            </Link>,
          ],
        ] as const)
      : []),
  ] as const;
};

const About = ({ application }: { application: Application }) => {
  const t = useTexts(texts);
  const words = useWords();
  const asked = useAsked(application);
  const answered = useAnswered(application);
  const { state, pupilName, school, arranged, proposedSchool, progress } = application;
  const { deadline, provisional, overdue } = application;
  const schoolName = school ? [school.name, arranged && t.arranged].filter(Boolean).join(' · ') : t.toBeNamed;
  return (
    <Values
      items={[
        [t.state, <Tag key="state">{words('TransferApplicationState', state)}</Tag>],
        ...(waiting.includes(state)
          ? ([
              [
                t.deadline,
                <Clock key="deadline" due={deadline} provisional={provisional} overdue={overdue} />,
              ],
            ] as const)
          : []),
        [t.pupil, pupilName ?? '***'],
        [t.school, schoolName],
        ...(proposedSchool ? ([[t.proposed, proposedSchool.name]] as const) : []),
        ...asked,
        ...answered,
        [t.progress, progress],
      ]}
    />
  );
};

/** A family's application for a transfer: what is asked, until when it is to be answered, and what the viewer may do. */
export default function ApplicationPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Answer
        document={ApplicationPageDocument}
        variables={{ id }}
        select={({ transferApplication }) => transferApplication}
        empty={<Empty description={t.missing} />}
      >
        {({ transferApplication: application }) =>
          application && (
            <div className="panels">
              <Panel title={t.about} extra={<ApplicationOrders application={application} />}>
                <About application={application} />
              </Panel>
              {application.blockers.length > 0 && (
                <Panel title={t.standing}>
                  <FindingList findings={application.blockers.map(({ finding }) => finding)} />
                </Panel>
              )}
              {application.allowedActions.includes('INITIATE') && <TakeIn application={application.id} />}
            </div>
          )
        }
      </Answer>
    </>
  );
}
