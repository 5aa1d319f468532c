import { Button, Flex, Form } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { CheckField } from '../../orders/check-field.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { InitiateTransferDocument } from '../transfer/generated/initiate.ts';
import { TransferPreview } from '../transfer/transfer-preview.tsx';
import { type TakeInDraft, takeInOf } from './take-in-draft.ts';
import { texts } from './texts.ts';

/** The asked school takes the pupil in: the application becomes a case (TRF-05); what the law says appears meanwhile. */
export const TakeIn = ({ application }: { application: string }) => {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<TakeInDraft>({});
  const judged = takeInOf(application, useSettled(draft));
  const order = useOrder(InitiateTransferDocument, {
    findingsOf: ({ initiateTransfer }) => initiateTransfer.findings,
  });
  const send = async (): Promise<void> => {
    const begun = (await order.give(takeInOf(application, draft)))?.initiateTransfer.transfer;
    if (begun) navigate(`/work/transfers/${begun.id}`);
  };
  return (
    <>
      <div className="panels-half">
        <Panel title={t.takeIn}>
          <Flex vertical gap="middle">
            <p className="quiet">{t.takeInMore}</p>
            <Form<TakeInDraft>
              layout="vertical"
              onValuesChange={(_, values) => setDraft(values)}
              onFinish={() => void send()}
            >
              <CheckField name="proofChecked" label={t.proofChecked} />
              <CheckField name="meetsLocalRequirements" label={t.meetsLocalRequirements} />
              <Form.Item name="evidence" label={t.evidence}>
                <PapersField kinds="TransferPaperKind" />
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={order.underWay}>
                {t.start}
              </Button>
            </Form>
            <OrderOutcome outcome={order.outcome} />
          </Flex>
        </Panel>
      </div>
      <div className="panels-half">
        <Panel title={t.preview}>
          <TransferPreview transfer={judged} />
        </Panel>
      </div>
    </>
  );
};
