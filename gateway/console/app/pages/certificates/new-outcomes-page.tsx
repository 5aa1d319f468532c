import { Alert, Breadcrumb, Button, Empty, Flex, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { PreviewOutcomesDocument } from './generated/preview-outcomes.ts';
import { UploadOutcomesDocument, type UploadOutcomesMutation } from './generated/upload-outcomes.ts';
import { type OutcomeDraft, uploadOf } from './outcome-draft.ts';
import { OutcomeFields } from './outcome-fields.tsx';
import { texts } from './outcome-texts.ts';
import { PupilChoice, useGradeInAddress } from './pupil-choice.tsx';
import { UploadResult } from './upload-result.tsx';

type Uploaded = UploadOutcomesMutation['uploadOutcomes'];

const Done = ({ uploaded }: { uploaded: Uploaded }) => {
  const t = useTexts(texts);
  return (
    <Flex vertical gap="middle">
      {uploaded.batch ? (
        <Alert
          type="success"
          showIcon
          role="status"
          title={t.done}
          action={<Link to={`/work/outcomes/${uploaded.batch.id}`}>{t.openBatch}</Link>}
        />
      ) : (
        <Alert type="warning" showIcon role="status" title={t.nobody} />
      )}
      <UploadResult upload={uploaded} />
    </Flex>
  );
};

const Uploading = ({ school }: { school: string }) => {
  const t = useTexts(texts);
  const { stage } = useGradeInAddress();
  const [students, setStudents] = useState<readonly string[]>([]);
  const [draft, setDraft] = useState<OutcomeDraft>({});
  const [uploaded, setUploaded] = useState<Uploaded>();
  const asked = uploadOf(school, students, draft);
  const judged = useSettled(asked);
  const order = useOrder(UploadOutcomesDocument, {
    findingsOf: ({ uploadOutcomes }) => uploadOutcomes.findings,
    refetch: ['PupilsToEnd'],
  });
  const send = async (): Promise<void> => {
    const data = asked && (await order.give(asked));
    if (!data) return;
    setUploaded(data.uploadOutcomes);
    setStudents([]);
  };
  return (
    <div className="panels">
      <PupilChoice school={school} chosen={students} onChoose={setStudents} />
      <div className="panels-half">
        <Panel title={t.outcomeOf}>
          <Flex vertical gap="middle">
            <p className="quiet">{t.more}</p>
            <Form<OutcomeDraft>
              layout="vertical"
              autoComplete="off"
              onValuesChange={(_, values) => setDraft(values)}
              onFinish={() => void send()}
            >
              <OutcomeFields isSenior={stage === 'SENIOR'} />
              <Button type="primary" htmlType="submit" disabled={!asked} loading={order.underWay}>
                {t.submit}
              </Button>
            </Form>
            {uploaded === undefined && <OrderOutcome outcome={order.outcome} />}
          </Flex>
        </Panel>
      </div>
      <div className="panels-half">
        <Panel title={t.preview}>
          {uploaded && students.length === 0 && <Done uploaded={uploaded} />}
          {!judged && !uploaded && <Alert type="info" title={t.fillIn} />}
          {judged && students.length > 0 && (
            <Answer
              document={PreviewOutcomesDocument}
              variables={{ input: { ...judged, idempotencyKey: 'preview' } }}
              select={({ previewOutcomes }) => previewOutcomes}
            >
              {({ previewOutcomes }) => previewOutcomes && <UploadResult upload={previewOutcomes} />}
            </Answer>
          )}
        </Panel>
      </div>
    </div>
  );
};

/** A school hands in how studies ended; who does not qualify is told before, with every reason (CRT-02 to CRT-05). */
export default function NewOutcomesPage() {
  const t = useTexts(texts);
  const { school } = useViewer();
  const above = [
    { title: <Link to="/work">{t.work}</Link> },
    { title: <Link to="/work/certificates">{t.certificates}</Link> },
    { title: t.title },
  ];
  return (
    <>
      <PageHead title={t.title} above={<Breadcrumb items={above} />} />
      {school ? <Uploading school={school.id} /> : <Empty description={t.onlySchools} />}
    </>
  );
}
