import { Breadcrumb, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { isGuardian, useViewer } from '../../shell/viewer.tsx';
import { type ComplaintDraft, complaintOf, problemOf } from './complaint-draft.ts';
import { FileComplaintDocument } from './generated/file-complaint.ts';
import { PreviewComplaintDocument } from './generated/preview-complaint.ts';
import { texts } from './texts.ts';

const Expected = ({ student, draft }: { student: string; draft: ComplaintDraft }) => {
  const t = useTexts(texts);
  const words = useWords();
  return (
    <Answer
      document={PreviewComplaintDocument}
      variables={{ input: problemOf(student, draft) }}
      select={({ previewComplaint }) => previewComplaint}
    >
      {({ previewComplaint }) =>
        previewComplaint && (
          <Values
            items={[
              [t.receiver, `${previewComplaint.receiver.name} ${previewComplaint.unit}`],
              [t.scope, words('ProblemScope', previewComplaint.scope)],
              ...previewComplaint.clocks.map(
                ({ clock, dueOn, provisional }) =>
                  [
                    words('TicketClockKind', clock),
                    <Clock key={clock} due={dueOn} provisional={provisional} overdue={false} />,
                  ] as const,
              ),
            ]}
          />
        )
      }
    </Answer>
  );
};

const Fields = ({ isOwn }: { isOwn: boolean }) => {
  const t = useTexts(texts);
  const needed = [{ required: true, whitespace: true }];
  return (
    <>
      <WordsField name="matter" label={t.matter} required />
      <Form.Item name="name" label={t.name} rules={needed}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="phone" label={t.phone} rules={needed}>
        <Input maxLength={30} />
      </Form.Item>
      {!isOwn && <ChoiceField name="channel" label={t.channel} of="TicketChannel" />}
      <ChoiceField name="fault" label={t.fault} of="ProblemFault" />
      <Form.Item name="against" label={t.against}>
        <Select mode="tags" open={false} tokenSeparators={[' ', ',', '，', '、']} />
      </Form.Item>
    </>
  );
};

/** A guardian about the own child, or a school about its pupil, files a complaint; who handles it until when appears first. */
export default function ComplaintPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const viewer = useViewer();
  const { id = '' } = useParams();
  const [draft, setDraft] = useState<ComplaintDraft>({});
  const settled = useSettled(draft);
  const complaint = complaintOf(id, draft);
  const order = useOrder(FileComplaintDocument, {
    findingsOf: ({ fileComplaint }) => fileComplaint.findings,
  });
  const send = async (): Promise<void> => {
    const filed = complaint && (await order.give(complaint))?.fileComplaint.ticket;
    if (filed) navigate(`/work/tickets/${filed.id}`);
  };
  const above = [
    { title: <Link to="/students">{t.students}</Link> },
    { title: <Link to={`/students/${id}`}>{t.record}</Link> },
    { title: t.title },
  ];
  return (
    <>
      <PageHead title={t.title} above={<Breadcrumb items={above} />} />
      <div className="panels">
        <div className="panels-half">
          <Panel title={t.form}>
            <Form<ComplaintDraft>
              layout="vertical"
              autoComplete="off"
              onValuesChange={(_, values) => setDraft(values)}
              onFinish={() => void send()}
            >
              <Fields isOwn={isGuardian(viewer)} />
              <Button type="primary" htmlType="submit" disabled={!complaint} loading={order.underWay}>
                {t.submit}
              </Button>
            </Form>
            <OrderOutcome outcome={order.outcome} />
          </Panel>
        </div>
        <div className="panels-half">
          <Panel title={t.preview}>
            <Expected student={id} draft={settled} />
          </Panel>
        </div>
      </div>
    </>
  );
}
