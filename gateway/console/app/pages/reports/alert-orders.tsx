import { Button, Flex, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { words as allWords } from '../../language/generated/words.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { AcknowledgeAlertDocument } from './generated/acknowledge-alert.ts';
import { SettleAlertDocument, type SettleAlertMutationVariables } from './generated/settle-alert.ts';
import { texts } from './texts.ts';

type Outcome = SettleAlertMutationVariables['input']['outcome'];
type Filled = { outcome: Outcome; note: string };
type Alert = { id: string; version: number; allowedActions: readonly string[] };

const outcomes = Object.keys(allWords.SecurityAlertOutcome) as Outcome[];

const Settlement = ({ alert, onDone }: { alert: Alert; onDone(): void }) => {
  const t = useTexts(texts);
  const words = useWords();
  const order = useOrder(SettleAlertDocument, {
    findingsOf: ({ settleSecurityAlert }) => settleSecurityAlert.findings,
    refetch: ['SecurityAlerts'],
  });
  const settle = async (filled: Filled): Promise<void> => {
    const data = await order.give({ alert: alert.id, expectedVersion: alert.version, ...filled });
    if (data?.settleSecurityAlert.alert) onDone();
  };
  return (
    <Form<Filled> layout="vertical" onFinish={(filled) => void settle(filled)}>
      <Form.Item name="outcome" label={t.outcome} rules={[{ required: true }]}>
        <Select options={outcomes.map((value) => ({ value, label: words('SecurityAlertOutcome', value) }))} />
      </Form.Item>
      <Form.Item name="note" label={t.finding} rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <OrderOutcome outcome={order.outcome} />
      <Button type="primary" htmlType="submit" loading={order.underWay}>
        {t.settle}
      </Button>
    </Form>
  );
};

/** What the viewer may do with an alert now. */
export const AlertOrders = ({ alert }: { alert: Alert }) => {
  const t = useTexts(texts);
  const [isSettling, setSettling] = useState(false);
  const { id, version, allowedActions } = alert;
  const acknowledgement = useOrder(AcknowledgeAlertDocument, {
    findingsOf: ({ acknowledgeSecurityAlert }) => acknowledgeSecurityAlert.findings,
    refetch: ['SecurityAlerts'],
  });
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('ACKNOWLEDGE') && (
        <Button
          loading={acknowledgement.underWay}
          onClick={() => void acknowledgement.give({ alert: id, expectedVersion: version })}
        >
          {t.acknowledge}
        </Button>
      )}
      {allowedActions.includes('SETTLE') && <Button onClick={() => setSettling(true)}>{t.settle}</Button>}
      <OrderOutcome outcome={acknowledgement.outcome} />
      <Modal
        open={isSettling}
        title={t.settle}
        footer={null}
        onCancel={() => setSettling(false)}
        destroyOnHidden
      >
        <Settlement alert={alert} onDone={() => setSettling(false)} />
      </Modal>
    </Flex>
  );
};
