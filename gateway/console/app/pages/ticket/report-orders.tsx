import { Checkbox, Form, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { page, type Seen } from './complaint-orders.tsx';
import { AcceptReportSlipDocument } from './generated/accept-report.ts';
import { AnswerReportSlipDocument } from './generated/answer-report.ts';
import { SealReportSlipDocument } from './generated/seal-report.ts';
import { texts } from './texts.ts';

export const SealReport = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={SealReportSlipDocument}
      text={t.seal}
      kind="primary"
      seen={seen}
      initial={{ provincialSealApplied: false }}
      page={page}
      answerOf={({ sealReportSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <Form.Item name="provincialSealApplied" valuePropName="checked">
        <Checkbox>{t.sealed}</Checkbox>
      </Form.Item>
    </CaseOrder>
  );
};

export const AcceptReport = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AcceptReportSlipDocument}
      text={t.accept}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ acceptReportSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      {(['acceptor', 'acceptingUnit'] as const).map((name) => (
        <Form.Item key={name} name={name} label={t[name]} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
      ))}
    </CaseOrder>
  );
};

export const AnswerReport = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AnswerReportSlipDocument}
      text={t.answerReport}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ answerReportSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="ministryOpinion" label={t.ministryOpinion} required />
    </CaseOrder>
  );
};
