import { Button, Empty, Flex, Form, Input, InputNumber } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { ConfirmTermCheckDocument } from './generated/confirm-term-check.ts';
import { OwnTermCheckDocument, type OwnTermCheckQuery } from './generated/own-term-check.ts';
import type { Term } from './term.ts';
import { texts } from './texts.ts';

type Check = NonNullable<OwnTermCheckQuery['termCheck']>;
type Filled = { note: string; withoutRecord: number };

const Confirmation = ({ check, term }: { check: Check; term: Term }) => {
  const t = useTexts(texts);
  const order = useOrder(ConfirmTermCheckDocument, {
    findingsOf: ({ confirmTermCheck }) => confirmTermCheck.findings,
    refetch: ['OwnTermCheck', 'TermChecks'],
  });
  const confirm = ({ note, withoutRecord }: Filled): void =>
    void order.give({ ...term, expectedVersion: check.version, note, withoutRecord, faults: [] });
  return (
    <>
      {check.allowedActions.includes('CONFIRM') && (
        <Form<Filled> layout="vertical" initialValues={{ withoutRecord: 0 }} onFinish={confirm}>
          <p className="quiet">{t.faultsElsewhere}</p>
          <Form.Item name="withoutRecord" label={t.withoutRecord} rules={[{ required: true }]}>
            <InputNumber min={0} precision={0} />
          </Form.Item>
          <Form.Item name="note" label={t.note} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={order.underWay}>
            {t.confirm}
          </Button>
        </Form>
      )}
      <OrderOutcome outcome={order.outcome} />
    </>
  );
};

const Shown = ({ check, term }: { check: Check; term: Term }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { state, possibleFrom, dueOn, confirmedAt, left, faults, findings, note } = check;
  const faultText = faults.map(
    ({ kind, found, open }) => `${words('ProblemRecordKind', kind)} ${open} / ${found}`,
  );
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [t.state, words('TermCheckState', state)],
          [t.from, formats.day(possibleFrom)],
          [
            t.dueOn,
            state === 'CHECK_OPEN' ? <Clock key="due" due={dueOn} overdue={false} /> : formats.day(dueOn),
          ],
          [t.confirmedAt, confirmedAt ? formats.instant(confirmedAt) : '–'],
          [t.problems, formats.number(left.problems)],
          [t.unverified, formats.number(left.unverified)],
          [t.unfinished, formats.number(left.unfinished)],
          [t.withoutRecord, formats.number(left.withoutRecord)],
          [t.faults, faultText.join('；') || '–'],
        ]}
      />
      {note && <p>{note}</p>}
      <FindingList findings={findings} />
      <Confirmation check={check} term={term} />
    </Flex>
  );
};

/** The own school's check of a term: what is open, and its confirmation. */
export const OwnCheck = ({ term }: { term: Term }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.ownCheck}>
      <Answer
        document={OwnTermCheckDocument}
        variables={term}
        select={({ termCheck }) => termCheck}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.notYet} />}
      >
        {({ termCheck }) => termCheck && <Shown check={termCheck} term={term} />}
      </Answer>
    </Panel>
  );
};
