import { Alert, Breadcrumb, Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { todayInBeijing } from '../../language/today.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { useWordOptions } from '../../orders/word-options.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { InitiateTransferDocument } from './generated/initiate.ts';
import { texts } from './texts.ts';
import { type Draft, transferOf } from './transfer-draft.ts';
import { TransferPreview } from './transfer-preview.tsx';

const PupilFields = () => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <>
      <Form.Item name="name" label={t.name} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
      <Form.Item name="idDocumentType" label={t.documentType}>
        <Select options={optionsOf('TransferDocumentType')} />
      </Form.Item>
      <Form.Item name="idDocumentNumber" label={t.documentNumber} rules={[{ required: true }]}>
        <Input />
      </Form.Item>
    </>
  );
};

const WhereFields = () => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <>
      <Form.Item name="kind" label={t.kind} rules={[{ required: true }]}>
        <Select options={optionsOf('TransferKind')} />
      </Form.Item>
      <Form.Item name="stage" label={t.stage} rules={[{ required: true }]}>
        <Select options={optionsOf('Stage')} />
      </Form.Item>
      <Form.Item name="grade" label={t.grade} rules={[{ required: true }]}>
        <InputNumber min={1} max={9} precision={0} />
      </Form.Item>
      <Form.Item name="appliedOn" label={t.appliedOn} rules={[{ required: true }]}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="wantedBy" label={t.wantedBy}>
        <Select options={optionsOf('TransferWantedBy')} />
      </Form.Item>
    </>
  );
};

const ReasonFields = ({ draft }: { draft: Draft }) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const isMove = draft.ground === 'HOUSEHOLD_MOVE';
  const checks = [
    ...(isMove ? (['withGuardians'] as const) : []),
    ...(['proofChecked', 'meetsLocalRequirements'] as const),
    ...(draft.stage === 'SENIOR' ? (['residenceMoved', 'targetAtHousehold'] as const) : []),
  ];
  return (
    <>
      <Form.Item name="ground" label={t.ground} rules={[{ required: true }]}>
        <Select options={optionsOf('TransferGround')} />
      </Form.Item>
      {isMove && (
        <Form.Item name="across" label={t.across}>
          <Select options={optionsOf('HouseholdBorder')} />
        </Form.Item>
      )}
      {checks.map((check) => (
        <Form.Item key={check} name={check} valuePropName="checked">
          <Checkbox>{t[check]}</Checkbox>
        </Form.Item>
      ))}
    </>
  );
};

/** The receiving school puts a transfer together; why it would be refused appears while it is filled in. */
export default function NewTransferPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const [draft, setDraft] = useState<Draft>({});
  const found = useSearchParams()[0].get('found');
  const transfer = transferOf(draft, found);
  const judged = transferOf(useSettled(draft), found);
  const order = useOrder(InitiateTransferDocument, {
    findingsOf: ({ initiateTransfer }) => initiateTransfer.findings,
  });
  const send = async (): Promise<void> => {
    if (!transfer) return;
    const begun = (await order.give(transfer))?.initiateTransfer.transfer;
    if (begun) navigate(`/work/transfers/${begun.id}`);
  };
  return (
    <>
      <PageHead
        title={t.begin}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.begin }]} />}
      />
      <div className="panels">
        <div className="panels-half">
          <Panel title={t.form}>
            <Form<Draft>
              layout="vertical"
              autoComplete="off"
              initialValues={{
                idDocumentType: 'RESIDENT_ID',
                wantedBy: 'FAMILY',
                appliedOn: todayInBeijing(),
              }}
              onValuesChange={(_, values) => setDraft(values)}
              onFinish={() => void send()}
            >
              {found ? <Alert type="info" showIcon title={t.byFound} /> : <PupilFields />}
              <WhereFields />
              <ReasonFields draft={draft} />
              <Form.Item name="papers" label={t.papers}>
                <PapersField kinds="TransferPaperKind" />
              </Form.Item>
              <Button type="primary" htmlType="submit" disabled={!transfer} loading={order.underWay}>
                {t.start}
              </Button>
            </Form>
            <OrderOutcome outcome={order.outcome} />
          </Panel>
        </div>
        <div className="panels-half">
          <Panel title={t.preview}>
            {judged ? <TransferPreview transfer={judged} /> : <Alert type="info" title={t.fillIn} />}
          </Panel>
        </div>
      </div>
    </>
  );
}
