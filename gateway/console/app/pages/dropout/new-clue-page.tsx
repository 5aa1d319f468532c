import { Breadcrumb, Button, Flex, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { type ClueDraft, clueOf } from './clue-draft.ts';
import { OpenDropoutClueDocument } from './generated/open-clue.ts';
import { SourceField } from './source-field.tsx';
import { texts } from './texts.ts';

const known = [
  ['idDocumentNumber', 'idNumber'],
  ['guardianName', 'guardian'],
  ['guardianPhone', 'phone'],
  ['address', 'address'],
  ['householdCounty', 'household'],
] as const;

/** A child of age without a registration goes onto the dropout ledger (ENR-01, ENR-60). */
export default function NewCluePage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<ClueDraft>({});
  const clue = clueOf(draft);
  const order = useOrder(OpenDropoutClueDocument, {
    findingsOf: ({ openDropoutClue }) => openDropoutClue.findings,
  });
  const send = async (): Promise<void> => {
    const entry = clue && (await order.give(clue))?.openDropoutClue.entry;
    if (entry) navigate(`/work/dropouts/${entry.id}`);
  };
  return (
    <>
      <PageHead
        title={t.newTitle}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.newTitle }]} />}
      />
      <Panel title={t.form}>
        <Flex vertical gap="middle">
          <p className="quiet">{t.newMore}</p>
          <Form<ClueDraft>
            layout="vertical"
            autoComplete="off"
            onValuesChange={(_, values) => setDraft(values)}
            onFinish={() => void send()}
          >
            <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true }]}>
              <Input maxLength={60} />
            </Form.Item>
            <DayField name="birthDate" label={t.birthDate} required />
            <SourceField />
            <DayField name="since" label={t.since} required />
            {known.map(([name, text]) => (
              <Form.Item key={name} name={name} label={t[text]}>
                <Input maxLength={220} />
              </Form.Item>
            ))}
            <WordsField name="note" label={t.note} />
            <Button type="primary" htmlType="submit" disabled={!clue} loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Flex>
      </Panel>
    </>
  );
}
