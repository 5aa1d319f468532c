import { Form, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { page, type Seen } from './complaint-orders.tsx';
import { AnswerSupervisionSlipDocument } from './generated/answer-supervision.ts';
import { AnswerVerificationSlipDocument } from './generated/answer-verification.ts';
import { IssueSupervisionSlipDocument } from './generated/issue-supervision.ts';
import { IssueVerificationSlipDocument } from './generated/issue-verification.ts';
import { ReturnTicketDocument } from './generated/return.ts';
import { WithdrawSlipDocument } from './generated/withdraw-slip.ts';
import { SlipClock, SlipDraft } from './slip-foreseen.tsx';
import { texts } from './texts.ts';
import type { Ticket } from './ticket-case.ts';

type Issuing = { seen: Seen; ticket: Ticket };

/** To whom a slip goes and until when; what is left out the graph fills in from the ticket, and from its case. */
const SlipFields = ({ ticket: { case: about, lateUnit } }: { ticket: Ticket }) => {
  const t = useTexts(texts);
  return (
    <>
      {about && <SlipDraft about={about} />}
      <Form.Item
        name="to"
        label={lateUnit ? `${t.to}（${t.toLateUnit}）` : t.to}
        rules={[{ required: !lateUnit }]}
      >
        <Input inputMode="numeric" maxLength={10} />
      </Form.Item>
      <Form.Item name="dueOn" label={t.dueOn}>
        <Input type="date" />
      </Form.Item>
      <SlipClock />
      <WordsField name="matter" label={t.matter} />
      <Form.Item name="responsiblePerson" label={t.responsiblePerson} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="responsiblePhone" label={t.responsiblePhone} rules={[{ required: true }]}>
        <Input inputMode="tel" />
      </Form.Item>
    </>
  );
};

export const IssueVerification = ({ seen, ticket }: Issuing) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={IssueVerificationSlipDocument}
      text={t.issueVerification}
      seen={seen}
      page={page}
      answerOf={({ issueVerificationSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <SlipFields ticket={ticket} />
    </CaseOrder>
  );
};

export const IssueSupervision = ({ seen, ticket }: Issuing) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={IssueSupervisionSlipDocument}
      text={t.issueSupervision}
      seen={seen}
      page={page}
      answerOf={({ issueSupervisionSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <SlipFields ticket={ticket} />
      <WordsField name="handlingOpinion" label={t.handlingOpinion} />
    </CaseOrder>
  );
};

const HandlerFields = () => {
  const t = useTexts(texts);
  return (
    <>
      <Form.Item name="handler" label={t.handler} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="handlerPhone" label={t.handlerPhone} rules={[{ required: true }]}>
        <Input inputMode="tel" />
      </Form.Item>
    </>
  );
};

export const AnswerVerification = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AnswerVerificationSlipDocument}
      text={t.answer}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ answerVerificationSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="verifiedFacts" label={t.verifiedFacts} required />
      <HandlerFields />
    </CaseOrder>
  );
};

export const AnswerSupervision = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AnswerSupervisionSlipDocument}
      text={t.answer}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ answerSupervisionSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="handlingResult" label={t.handlingResult} required />
      <HandlerFields />
    </CaseOrder>
  );
};

export const SendBack = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ReturnTicketDocument}
      text={t.sendBack}
      kind="danger"
      seen={seen}
      page={page}
      answerOf={({ returnTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="reason" label={t.reason} required />
      <Form.Item name="dueOn" label={t.dueOn}>
        <Input type="date" />
      </Form.Item>
    </CaseOrder>
  );
};

export const WithdrawSlip = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={WithdrawSlipDocument}
      text={t.withdraw}
      kind="danger"
      seen={seen}
      page={page}
      answerOf={({ withdrawSlip: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="reason" label={t.reason} required />
    </CaseOrder>
  );
};
