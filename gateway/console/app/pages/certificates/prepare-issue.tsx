import { Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { OrderDialog } from '../../orders/order-dialog.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useViewer } from '../../shell/viewer.tsx';
import { IssueCertificatesDocument } from './generated/issue-certificates.ts';
import { texts } from './texts.ts';

/** The issuer's registrar prepares an issue: of one batch, or of everything that is the unit's to issue. */
export const PrepareIssue = ({ text, batch = null }: { text: string; batch?: string | null }) => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { name } = useViewer();
  const order = useOrder(IssueCertificatesDocument, {
    findingsOf: ({ issueCertificates }) => issueCertificates.findings,
  });
  const send = async ({ handler }: { handler: string }): Promise<boolean> => {
    const made = (await order.give({ batch, handler }))?.issueCertificates.order;
    if (made) navigate(`/work/issues/${made.id}`);
    return made != null;
  };
  return (
    <OrderDialog
      text={text}
      kind="primary"
      order={order}
      send={send}
      reload={() => undefined}
      initial={{ handler: name ?? '' }}
    >
      <Form.Item name="handler" label={t.handler} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={60} />
      </Form.Item>
    </OrderDialog>
  );
};
