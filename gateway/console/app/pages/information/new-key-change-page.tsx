import { Breadcrumb, Button, Empty, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import type { Problem } from '../../graph/problems.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { Foreseen } from '../../orders/foreseen.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { Guarded } from '../../values/guarded.tsx';
import { KeyChangeSubjectDocument, type KeyChangeSubjectQuery } from './generated/key-change-subject.ts';
import { PreviewKeyChangeDocument } from './generated/preview-key-change.ts';
import { RequestKeyChangeDocument } from './generated/request-key-change.ts';
import { type KeyDraft, keyChangeOf } from './key-change-draft.ts';
import { itemTexts, texts } from './texts.ts';

type Student = NonNullable<KeyChangeSubjectQuery['student']>;

const Present = ({ student, problems }: { student: Student; problems: readonly Problem[] }) => {
  const names = useTexts(itemTexts);
  const words = useWords();
  const formats = useFormats();
  const { name, gender, birthDate, identityDocument } = student;
  const guarded = (field: string, value: string | null | undefined) => (
    <Guarded value={value} field={field} problems={problems} />
  );
  return (
    <Values
      items={[
        [names.name, guarded('name', name)],
        [names.gender, guarded('gender', gender && words('Gender', gender))],
        [names.birthDate, guarded('birthDate', birthDate && formats.day(birthDate))],
        [
          names.idDocumentType,
          guarded('identityDocument', identityDocument && words('IdDocumentType', identityDocument.type)),
        ],
        [names.idDocumentNumber, guarded('identityDocument', identityDocument?.number)],
      ]}
    />
  );
};

const Fields = () => {
  const t = useTexts(texts);
  const names = useTexts(itemTexts);
  return (
    <>
      <p className="quiet">{t.fillChanged}</p>
      <Form.Item name="name" label={names.name}>
        <Input maxLength={60} />
      </Form.Item>
      <ChoiceField name="gender" label={names.gender} of="Gender" />
      <DayField name="birthDate" label={names.birthDate} />
      <ChoiceField name="idDocumentType" label={names.idDocumentType} of="IdDocumentType" />
      <Form.Item name="idDocumentNumber" label={names.idDocumentNumber}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="evidence" label={t.proofs}>
        <PapersField kinds="KeyProofKind" />
      </Form.Item>
    </>
  );
};

const Asking = ({ student: { id, identityVersion } }: { student: Student }) => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<KeyDraft>({});
  const seen = { student: id, expectedVersion: identityVersion ?? 0 };
  const asked = keyChangeOf(draft);
  const judged = keyChangeOf(useSettled(draft));
  const order = useOrder(RequestKeyChangeDocument, {
    findingsOf: ({ requestKeyInformationChange }) => requestKeyInformationChange.findings,
  });
  const send = async (): Promise<void> => {
    if (!asked) return;
    const made = (await order.give({ ...seen, ...asked }))?.requestKeyInformationChange.change;
    if (made) navigate(`/work/key-changes/${made.id}`);
  };
  return (
    <>
      <div className="panels-half">
        <Panel title={t.content}>
          <Form<KeyDraft>
            layout="vertical"
            autoComplete="off"
            onValuesChange={(_, values) => setDraft(values)}
            onFinish={() => void send()}
          >
            <Fields />
            <Button type="primary" htmlType="submit" disabled={!asked} loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Panel>
      </div>
      <div className="panels-half">
        <Panel title={t.preview}>
          <Foreseen
            document={PreviewKeyChangeDocument}
            variables={judged && { input: { ...seen, ...judged, idempotencyKey: 'preview' } }}
            findingsOf={({ previewKeyInformationChange }) => previewKeyInformationChange?.findings}
          />
        </Panel>
      </div>
    </>
  );
};

/** The school asks for a change of a pupil's key information, on proofs (ID-13). */
export default function NewKeyChangePage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  const above = [
    { title: <Link to="/students">{t.students}</Link> },
    { title: <Link to={`/students/${id}`}>{t.record}</Link> },
    { title: t.request },
  ];
  return (
    <>
      <PageHead title={t.request} above={<Breadcrumb items={above} />} />
      <Answer
        document={KeyChangeSubjectDocument}
        variables={{ id }}
        select={({ student }) => student}
        empty={<Empty description={t.missing} />}
      >
        {({ student }, problems) =>
          student && (
            <div className="panels">
              <Panel title={t.before}>
                <Present student={student} problems={problems} />
              </Panel>
              <Asking student={student} />
            </div>
          )
        }
      </Answer>
    </>
  );
}
