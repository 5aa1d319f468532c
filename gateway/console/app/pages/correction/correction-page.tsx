import { Breadcrumb, Empty, Flex, Tag } from 'antd';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { type Texts, useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { CloseCorrectionDocument } from './generated/close.ts';
import { CorrectionPageDocument, type CorrectionPageQuery } from './generated/correction.ts';
import { ReportCorrectionDocument } from './generated/report.ts';

const texts = {
  work: ['待办', 'Work'],
  title: ['责令改正', 'Order to correct'],
  about: ['事项', 'Order'],
  recorded: ['法规意见', 'Findings'],
  missing: ['没有这项责令改正，或不在您的管理范围内', 'No such order, or not within your scope'],
  state: ['状态', 'State'],
  kind: ['违规情形', 'Breach'],
  whose: ['被责令的学校或机构', 'Who is to correct'],
  evidence: ['证据说明', 'Evidence'],
  ticket: ['所据工单', 'Ticket it rests on'],
  open: ['查看', 'Open'],
  orderedBy: ['责令机关', 'Ordered by'],
  orderedAt: ['责令时间', 'Ordered'],
  due: ['改正期限', 'Due'],
  measures: ['改正措施', 'What was done'],
  reportedAt: ['上报时间', 'Reported'],
  remark: ['对报告的意见', 'What was said to it'],
  closedAt: ['认可时间', 'Accepted'],
  escalatedTo: ['已转上一级督办', 'Taken up by'],
  report: ['上报改正结果', 'Report what was done'],
  accept: ['认可', 'Accept'],
  back: ['退回', 'Give back'],
} satisfies Texts;

type Order = NonNullable<CorrectionPageQuery['correctionOrder']>;

const page = 'CorrectionPage';

const decisions = [
  ['ACCEPT', 'accept', 'primary'],
  ['RETURN', 'back', 'danger'],
] as const;

/** What the viewer may do with an order to correct now, as the graph says. */
const Orders = ({ order: { id, version, allowedActions } }: { order: Order }) => {
  const t = useTexts(texts);
  const seen = { order: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('REPORT') && (
        <CaseOrder
          document={ReportCorrectionDocument}
          text={t.report}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ reportCorrection: { order: object, findings } }) => ({ object, findings })}
        >
          <WordsField name="measures" label={t.measures} required />
        </CaseOrder>
      )}
      {decisions
        .filter(([decision]) => allowedActions.includes(decision))
        .map(([decision, text, kind]) => (
          <CaseOrder
            key={decision}
            document={CloseCorrectionDocument}
            text={t[text]}
            kind={kind}
            seen={{ ...seen, decision }}
            page={page}
            answerOf={({ closeCorrection: { order: object, findings } }) => ({ object, findings })}
          >
            <WordsField name="remark" label={t.remark} required />
          </CaseOrder>
        ))}
    </Flex>
  );
};

const About = ({ order }: { order: Order }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { state, kind, school, unit, evidence, ticket, orderedBy, orderedAt } = order;
  const { deadline, provisional, overdue, measures, reportedAt, remark, closedAt, escalatedTo } = order;
  return (
    <Values
      items={[
        [t.state, <Tag key="state">{words('CorrectionState', state)}</Tag>],
        ...(closedAt
          ? []
          : ([
              [t.due, <Clock key="due" due={deadline} provisional={provisional} overdue={overdue} />],
            ] as const)),
        [t.kind, words('ViolationKind', kind)],
        [t.whose, school?.name ?? unit?.name ?? '–'],
        [t.evidence, evidence],
        ...(ticket
          ? ([
              [
                t.ticket,
                <Link key="ticket" to={`/work/tickets/${ticket}`}>
                  {t.open}
                </Link>,
              ],
            ] as const)
          : []),
        [t.orderedBy, orderedBy.name],
        [t.orderedAt, formats.instant(orderedAt)],
        ...(escalatedTo ? ([[t.escalatedTo, escalatedTo.name]] as const) : []),
        ...(measures ? ([[t.measures, measures]] as const) : []),
        ...(reportedAt ? ([[t.reportedAt, formats.instant(reportedAt)]] as const) : []),
        ...(remark ? ([[t.remark, remark]] as const) : []),
        ...(closedAt ? ([[t.closedAt, formats.instant(closedAt)]] as const) : []),
      ]}
    />
  );
};

/** An order to put a breach right (ORG-20 to ORG-23): by when, what was done about it, and what the viewer may do. */
export default function CorrectionPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Answer
        document={CorrectionPageDocument}
        variables={{ id }}
        select={({ correctionOrder }) => correctionOrder}
        empty={<Empty description={t.missing} />}
      >
        {({ correctionOrder: order }) =>
          order && (
            <div className="panels">
              <Panel title={t.about} extra={<Orders order={order} />}>
                <About order={order} />
              </Panel>
              {order.findings.length > 0 && (
                <Panel title={t.recorded}>
                  <FindingList findings={order.findings} />
                </Panel>
              )}
            </div>
          )
        }
      </Answer>
    </>
  );
}
