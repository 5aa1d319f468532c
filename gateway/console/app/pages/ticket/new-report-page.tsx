import { useQuery } from '@apollo/client/react';
import { Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import '../../orders/form-part.css';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { DraftReportSlipDocument } from './generated/draft-report.ts';
import { MergeTargetsDocument } from './generated/merge-targets.ts';
import { type ReportDraft, reportOf } from './report-draft.ts';
import { texts } from './report-texts.ts';
import { TicketHead } from './ticket-head.tsx';

const contacts = [
  ['businessContact', 'businessContact'],
  ['technicalContact', 'technicalContact'],
] as const;

const ContactFields = ({ of, title }: { of: string; title: string }) => {
  const t = useTexts(texts);
  return (
    <fieldset className="form-part">
      <legend>{title}</legend>
      {(['name', 'unit', 'phone'] as const).map((item) => (
        <Form.Item key={item} name={[of, item]} label={t[item]}>
          <Input maxLength={120} inputMode={item === 'phone' ? 'tel' : 'text'} />
        </Form.Item>
      ))}
    </fieldset>
  );
};

const ItemFields = ({ at, remove }: { at: number; remove: (() => void) | undefined }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const { data } = useQuery(MergeTargetsDocument, { errorPolicy: 'all' });
  return (
    <fieldset className="form-part">
      <legend>
        {t.item} {at + 1}
      </legend>
      <WordsField name={[at, 'description']} label={t.description} required />
      <ChoiceField name={[at, 'scope']} label={t.scope} of="ProblemScope" required />
      <Form.Item name={[at, 'complaints']} label={t.complaints}>
        <Select
          mode="multiple"
          allowClear
          options={(data?.tickets?.edges ?? []).map(({ node: { id, openedAt, student } }) => ({
            value: id,
            label: [formats.instant(openedAt), student?.name].filter(Boolean).join(' · '),
          }))}
        />
      </Form.Item>
      <Form.Item name={[at, 'concerned']} label={t.concerned}>
        <Input />
      </Form.Item>
      {remove && <Button onClick={remove}>{t.removeItem}</Button>}
    </fieldset>
  );
};

/** A province drafts a report to the ministry on problems that it cannot settle itself (form F6; TKT-04, TKT-09). */
export default function NewReportPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const complaint = search.get('complaint');
  const [draft, setDraft] = useState<ReportDraft>({});
  const asked = reportOf(draft);
  const order = useOrder(DraftReportSlipDocument, {
    findingsOf: ({ draftReportSlip }) => draftReportSlip.findings,
  });
  const send = async (): Promise<void> => {
    const made = asked && (await order.give(asked))?.draftReportSlip.ticket;
    if (made) navigate(`/work/tickets/${made.id}`);
  };
  return (
    <>
      <TicketHead title={t.title} />
      <Panel title={t.form}>
        <Flex vertical gap="middle">
          <p className="quiet">{t.more}</p>
          <Form<ReportDraft>
            layout="vertical"
            autoComplete="off"
            initialValues={{ items: [complaint ? { complaints: [complaint] } : {}] }}
            onValuesChange={(_, values) => setDraft(values)}
            onFinish={() => void send()}
          >
            <Form.List name="items">
              {(fields, { add, remove }) => (
                <>
                  {fields.map(({ key, name }) => (
                    <ItemFields
                      key={key}
                      at={name}
                      remove={fields.length > 1 ? () => remove(name) : undefined}
                    />
                  ))}
                  <Button onClick={() => add({})}>{t.addItem}</Button>
                </>
              )}
            </Form.List>
            {contacts.map(([of, title]) => (
              <ContactFields key={of} of={of} title={t[title]} />
            ))}
            <Button type="primary" htmlType="submit" disabled={!asked} loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Flex>
      </Panel>
    </>
  );
}
