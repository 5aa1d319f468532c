import { Breadcrumb, Empty, Flex, Form, Select, Tag } from 'antd';
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
import { useWordOptions } from '../../orders/word-options.ts';
import { AcceptArchiveDocument } from './generated/accept.ts';
import { HandOverPageDocument, type HandOverPageQuery } from './generated/hand-over.ts';
import { HandOverArchiveDocument } from './generated/pass-on.ts';
import { SendBackArchiveDocument } from './generated/send-back.ts';

const texts = {
  work: ['待办', 'Work'],
  title: ['档案转接', 'Archive handover'],
  about: ['档案', 'Archive'],
  recorded: ['法规意见', 'Findings'],
  missing: ['没有这份档案，或不在您的管理范围内', 'No such archive, or not within your scope'],
  state: ['状态', 'State'],
  student: ['学生', 'Student'],
  school: ['学校', 'School'],
  custodian: ['现保管单位', 'Kept by'],
  to: ['转往', 'Goes to'],
  why: ['转接原因', 'Why'],
  due: ['转出期限', 'Passed on by'],
  acceptBy: ['接收期限', 'Accepted by'],
  passedOn: ['已转出', 'Passed on'],
  sentBack: ['已退回', 'Sent back'],
  handOver: ['转出档案', 'Pass it on'],
  accept: ['接收档案', 'Accept'],
  sendBack: ['退回', 'Send back'],
  reason: ['退回原因', 'Reason'],
  sure: ['确定办理吗？', 'Do you want this done?'],
} satisfies Texts;

type Archive = NonNullable<HandOverPageQuery['studentArchive']>;

const Orders = ({ archive: { student, version, allowedActions } }: { archive: Archive }) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const seen = { student: student.id, expectedVersion: version };
  const page = 'HandOverPage';
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('HAND_OVER') && (
        <CaseOrder
          document={HandOverArchiveDocument}
          text={t.handOver}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ handOverArchive: { archive, findings } }) => ({ object: archive, findings })}
        >
          {t.sure}
        </CaseOrder>
      )}
      {allowedActions.includes('ACCEPT') && (
        <CaseOrder
          document={AcceptArchiveDocument}
          text={t.accept}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ acceptArchive: { archive, findings } }) => ({ object: archive, findings })}
        >
          {t.sure}
        </CaseOrder>
      )}
      {allowedActions.includes('SEND_BACK') && (
        <CaseOrder
          document={SendBackArchiveDocument}
          text={t.sendBack}
          kind="danger"
          seen={seen}
          page={page}
          answerOf={({ sendBackArchive: { archive, findings } }) => ({ object: archive, findings })}
        >
          <Form.Item name="reason" label={t.reason} rules={[{ required: true }]}>
            <Select options={optionsOf('ArchiveSendBackReason')} />
          </Form.Item>
        </CaseOrder>
      )}
    </Flex>
  );
};

const About = ({ archive: { state, student, school, custodian, handOver } }: { archive: Archive }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const clockOf = (due: string, overdue: boolean) => <Clock due={due} overdue={overdue} />;
  const course = handOver && [
    [t.to, `${words('ArchiveCustodianKind', handOver.to.kind)} ${handOver.to.code}`] as const,
    [t.why, words('ArchiveHandOverReason', handOver.reason)] as const,
    handOver.passedOnOn
      ? ([t.passedOn, formats.day(handOver.passedOnOn)] as const)
      : ([t.due, clockOf(handOver.dueOn, handOver.overdue)] as const),
    ...(handOver.acceptBy ? [[t.acceptBy, clockOf(handOver.acceptBy, handOver.overdue)] as const] : []),
    ...(handOver.sentBackOn
      ? [
          [
            t.sentBack,
            `${formats.day(handOver.sentBackOn)} ${
              handOver.sentBackReason ? words('ArchiveSendBackReason', handOver.sentBackReason) : ''
            }`,
          ] as const,
        ]
      : []),
  ];
  return (
    <Values
      items={[
        [t.state, <Tag key="state">{words('ArchiveCustodyState', state)}</Tag>],
        [
          t.student,
          <Link key="student" to={`/students/${student.id}?tab=archive`}>
            {student.name ?? '***'}
          </Link>,
        ],
        [t.school, school.name],
        [t.custodian, `${words('ArchiveCustodianKind', custodian.kind)} ${custodian.code}`],
        ...(course ?? []),
      ]}
    />
  );
};

/** Where the archive of a student goes, until when, and what the viewer may do about it; the student stands in the address. */
export default function HandOverPage() {
  const t = useTexts(texts);
  const { student = '' } = useParams();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Answer
        document={HandOverPageDocument}
        variables={{ student }}
        select={({ studentArchive }) => studentArchive}
        empty={<Empty description={t.missing} />}
      >
        {({ studentArchive: archive }) =>
          archive && (
            <div className="panels">
              <Panel title={t.about} extra={<Orders archive={archive} />}>
                <About archive={archive} />
              </Panel>
              {archive.findings.length > 0 && (
                <Panel title={t.recorded}>
                  <FindingList findings={archive.findings} />
                </Panel>
              )}
            </div>
          )
        }
      </Answer>
    </>
  );
}
