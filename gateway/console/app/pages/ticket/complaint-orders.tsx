import { Checkbox, Form, Input } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { AcknowledgeComplaintDocument } from './generated/acknowledge.ts';
import { CloseTicketDocument } from './generated/close.ts';
import { EscalateTicketDocument } from './generated/escalate.ts';
import { ExtendTicketDocument } from './generated/extend.ts';
import { HandleComplaintDocument } from './generated/handle.ts';
import { AddTicketNoteDocument } from './generated/note.ts';
import { ReopenTicketDocument } from './generated/reopen.ts';
import { texts } from './texts.ts';

/** The ticket and the version that was seen. */
export type Seen = { ticket: string; expectedVersion: number };

export const page = 'TicketPage';

export const Acknowledge = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AcknowledgeComplaintDocument}
      text={t.acknowledge}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ acknowledgeComplaint: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      {t.sure}
    </CaseOrder>
  );
};

export const Handle = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={HandleComplaintDocument}
      text={t.handle}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ handleComplaint: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="result" label={t.result} required />
    </CaseOrder>
  );
};

export const Close = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={CloseTicketDocument}
      text={t.close}
      kind="primary"
      seen={seen}
      page={page}
      answerOf={({ closeTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="result" label={t.result} />
    </CaseOrder>
  );
};

export const Escalate = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={EscalateTicketDocument}
      text={t.escalate}
      seen={seen}
      page={page}
      answerOf={({ escalateTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="reason" label={t.reason} required />
    </CaseOrder>
  );
};

export const Extend = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ExtendTicketDocument}
      text={t.extend}
      seen={seen}
      page={page}
      answerOf={({ extendTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <Form.Item name="dueOn" label={t.dueOn} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <WordsField name="reason" label={t.reason} required />
    </CaseOrder>
  );
};

export const Note = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={AddTicketNoteDocument}
      text={t.note}
      seen={seen}
      page={page}
      answerOf={({ addTicketNote: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="words" label={t.words} required />
      <Form.Item name="inside" valuePropName="checked">
        <Checkbox>{t.insideOnly}</Checkbox>
      </Form.Item>
    </CaseOrder>
  );
};

export const Reopen = ({ seen }: { seen: Seen }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={ReopenTicketDocument}
      text={t.reopen}
      seen={seen}
      page={page}
      answerOf={({ reopenTicket: { ticket, findings } }) => ({ object: ticket, findings })}
    >
      <WordsField name="reason" label={t.reason} required />
    </CaseOrder>
  );
};
