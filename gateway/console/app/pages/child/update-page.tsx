import { Alert, Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { PreviewUpdateDocument } from './generated/preview-update.ts';
import { SubmitUpdateDocument } from './generated/submit-update.ts';
import { texts } from './texts.ts';
import { changesOf, type UpdateDraft } from './update-draft.ts';
import './child.css';

type Change = (part: UpdateDraft) => void;

const Fields = ({ draft, change }: { draft: UpdateDraft; change: Change }) => {
  const t = useTexts(texts);
  const written = [
    ['contactPhone', t.phone, undefined],
    ['currentAddress', t.address, t.addressMore],
    ['householdAddress', t.household, undefined],
  ] as const;
  const chosen = [
    ['isBoarder', t.boarder],
    ['isLeftBehind', t.leftBehind],
    ['isMigrantChild', t.migrant],
  ] as const;
  return (
    <>
      {written.map(([name, label, extra]) => (
        <Form.Item key={name} label={label} htmlFor={name} extra={extra}>
          <Input
            id={name}
            autoComplete="off"
            value={draft[name] ?? ''}
            onChange={({ target }) => change({ [name]: target.value })}
          />
        </Form.Item>
      ))}
      {chosen.map(([name, label]) => (
        <Form.Item key={name} label={label} htmlFor={name}>
          <Select
            id={name}
            value={draft[name] ?? undefined}
            placeholder={t.unchanged}
            allowClear
            options={[
              { value: true, label: t.isSo },
              { value: false, label: t.isNotSo },
            ]}
            onChange={(value) => change({ [name]: value })}
          />
        </Form.Item>
      ))}
    </>
  );
};

const Preview = ({ id, draft }: { id: string; draft: UpdateDraft }) => {
  const t = useTexts(texts);
  const changes = changesOf(draft);
  if (!changes) return <Alert type="info" title={t.fillIn} />;
  return (
    <Answer
      document={PreviewUpdateDocument}
      variables={{ input: { student: id, changes, idempotencyKey: 'preview' } }}
      select={({ previewInformationUpdate }) => previewInformationUpdate}
    >
      {({ previewInformationUpdate: preview }) =>
        preview?.findings.length ? (
          <FindingList findings={preview.findings} />
        ) : (
          <Alert type="success" showIcon title={t.nothingAgainst} />
        )
      }
    </Answer>
  );
};

/** Keeping the own child's information up to date (ID-14); the school looks at it. */
export default function UpdatePage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [draft, setDraft] = useState<UpdateDraft>({});
  const settled = useSettled(draft);
  const changes = changesOf(draft);
  const order = useOrder(SubmitUpdateDocument, {
    findingsOf: ({ submitInformationUpdate }) => submitInformationUpdate.findings,
    refetch: ['ChildCases'],
  });
  const send = async (): Promise<void> => {
    if (!changes) return;
    const data = await order.give({ student: id, changes });
    if (data?.submitInformationUpdate.update) navigate(`/students/${id}`);
  };
  return (
    <div className="child">
      <PageHead title={t.update} above={<Link to={`/students/${id}`}>{t.back}</Link>} />
      <Flex vertical gap="middle">
        <Alert type="info" showIcon title={t.keyInformation} />
        <Panel title={t.informationUpdate}>
          <Form layout="vertical" onFinish={() => void send()}>
            <Fields draft={draft} change={(part) => setDraft((known) => ({ ...known, ...part }))} />
            <Button type="primary" htmlType="submit" disabled={!changes} loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Panel>
        <Panel title={t.preview}>
          <Preview id={id} draft={settled} />
        </Panel>
      </Flex>
    </div>
  );
}
