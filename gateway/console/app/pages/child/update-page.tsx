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
import { isGuardian, useViewer } from '../../shell/viewer.tsx';
import type { Paper } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { PreviewUpdateDocument } from './generated/preview-update.ts';
import { SubmitUpdateDocument } from './generated/submit-update.ts';
import { texts } from './texts.ts';
import { changesOf, papersOf, type UpdateDraft } from './update-draft.ts';
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

/** Keeping information up to date (ID-14): a family that of the own child, which the school looks at; a school that of its pupils, with papers. */
export default function UpdatePage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [draft, setDraft] = useState<UpdateDraft>({});
  const [papers, setPapers] = useState<readonly Paper[]>([]);
  const viewer = useViewer();
  const mayHandIn = viewer.allowedActions.includes('evidence.hand-in');
  const settled = useSettled(draft);
  const changes = changesOf(draft);
  const order = useOrder(SubmitUpdateDocument, {
    findingsOf: ({ submitInformationUpdate }) => submitInformationUpdate.findings,
    refetch: ['ChildCases'],
  });
  const send = async (): Promise<void> => {
    if (!changes) return;
    const evidence = papersOf(papers);
    const data = await order.give({ student: id, changes, ...(evidence.length > 0 && { evidence }) });
    const made = data?.submitInformationUpdate.update;
    if (made) navigate(isGuardian(viewer) ? `/students/${id}` : `/work/updates/${made.id}`);
  };
  return (
    <div className="child">
      <PageHead title={t.update} above={<Link to={`/students/${id}`}>{t.back}</Link>} />
      <Flex vertical gap="middle">
        {isGuardian(viewer) && <Alert type="info" showIcon title={t.keyInformation} />}
        <Panel title={t.informationUpdate}>
          <Form layout="vertical" onFinish={() => void send()}>
            <Fields draft={draft} change={(part) => setDraft((known) => ({ ...known, ...part }))} />
            {mayHandIn && (
              <Form.Item label={t.papers}>
                <PapersField kinds="InformationPaperKind" value={papers} onChange={setPapers} />
              </Form.Item>
            )}
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
