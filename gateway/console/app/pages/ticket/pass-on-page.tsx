import { useQuery } from '@apollo/client/react';
import { Alert, AutoComplete, Breadcrumb, Button, Flex, Form } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useFormats } from '../../language/formats.ts';
import { type Texts, useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useViewer, workplaceOf } from '../../shell/viewer.tsx';
import { colleaguesAt } from './colleagues.ts';
import { ColleaguesDocument } from './generated/colleagues.ts';
import { HandOverTicketsDocument, type HandOverTicketsMutation } from './generated/hand-over-tickets.ts';

const texts = {
  work: ['待办', 'Work'],
  title: ['移交工单', 'Hand over tickets'],
  more: [
    '经办人离岗或更换时，把本单位由其经办的未办结工单移交同事，时限不变。',
    'When somebody leaves, the open tickets that they work on in this unit go to a colleague; the clocks run on.',
  ],
  from: ['原经办人账号', 'Login of who had them'],
  to: ['新经办人账号', 'Login of who gets them'],
  submit: ['移交', 'Hand over'],
  done: ['已移交', 'Handed over'],
  left: ['可能还有未移交的，请再办一次。', 'There may be more: do it once more.'],
} satisfies Texts;

type Handing = { from: string; to: string };

/** Logins of the own workplace, those of people who were replaced included. */
const useColleagues = (): { value: string; label: string }[] => {
  const viewer = useViewer();
  const place = { unit: viewer.unit?.code ?? null, school: viewer.school?.id ?? null };
  const skip = !viewer.allowedActions.includes('registrar.read');
  const present = useQuery(ColleaguesDocument, { variables: { ...place, state: null }, skip });
  const gone = useQuery(ColleaguesDocument, { variables: { ...place, state: 'REPLACED' }, skip });
  const registrars = [present, gone].flatMap(({ data }) => data?.registrars?.edges ?? []);
  return colleaguesAt(
    registrars.map(({ node }) => node),
    workplaceOf(viewer),
  );
};

/** When a handler leaves, the open tickets go to somebody else of the same workplace. */
export default function PassOnPage() {
  const t = useTexts(texts);
  const formats = useFormats();
  const colleagues = useColleagues();
  const [handed, setHanded] = useState<HandOverTicketsMutation['handOverTickets']>();
  const order = useOrder(HandOverTicketsDocument, {
    findingsOf: ({ handOverTickets }) => handOverTickets.findings,
  });
  const send = async (values: Handing): Promise<void> =>
    setHanded((await order.give(values))?.handOverTickets);
  const isDone = handed !== undefined && handed.findings.length === 0;
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      <Panel title={t.title}>
        <Flex vertical gap="middle">
          <p className="quiet">{t.more}</p>
          <Form<Handing> layout="vertical" autoComplete="off" onFinish={(values) => void send(values)}>
            <Form.Item name="from" label={t.from} rules={[{ required: true, whitespace: true }]}>
              <AutoComplete options={colleagues} />
            </Form.Item>
            <Form.Item name="to" label={t.to} rules={[{ required: true, whitespace: true }]}>
              <AutoComplete options={colleagues} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          {isDone && (
            <Alert
              type="success"
              showIcon
              role="status"
              title={`${t.done} ${formats.number(handed.handedOver)}`}
              {...(handed.left && { description: t.left })}
            />
          )}
          <OrderOutcome outcome={order.outcome} />
        </Flex>
      </Panel>
    </>
  );
}
