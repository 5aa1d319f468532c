import { useQuery } from '@apollo/client/react';
import { Alert, Button, Checkbox, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { words as allWords } from '../../language/generated/words.ts';
import { useGrades } from '../../language/grades.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { useSettled } from '../../orders/use-settled.ts';
import { applicationOf, type Draft } from './application-draft.ts';
import { ApplicationPreview } from './application-preview.tsx';
import { ApplyForTransferDocument } from './generated/apply-for-transfer.ts';
import { SchoolAskedDocument } from './generated/school-asked.ts';
import { texts } from './texts.ts';
import './child.css';

const grades = { PRIMARY: 6, JUNIOR: 4, SENIOR: 3 } as const;
const stages = ['PRIMARY', 'JUNIOR', 'SENIOR'] as const;

type Change = (part: Draft) => void;

const SchoolField = ({ school = '', change }: { school?: string; change: Change }) => {
  const t = useTexts(texts);
  const isCode = /^\d{10}$/.test(school);
  const { data } = useQuery(SchoolAskedDocument, { variables: { id: school }, skip: !isCode });
  const isMissing = isCode && data?.school === null;
  return (
    <Form.Item
      label={t.school}
      htmlFor="asked-school"
      validateStatus={isMissing ? 'error' : undefined}
      extra={isMissing ? t.noSchool : (isCode && data?.school?.name) || t.schoolMore}
    >
      <Input
        id="asked-school"
        inputMode="numeric"
        maxLength={10}
        value={school}
        onChange={({ target }) => change({ school: target.value.trim() })}
      />
    </Form.Item>
  );
};

const WhereFields = ({ draft, change }: { draft: Draft; change: Change }) => {
  const t = useTexts(texts);
  const words = useWords();
  const gradeName = useGrades();
  const count = draft.stage && draft.stage !== 'PRESCHOOL' ? grades[draft.stage] : 0;
  const gradeOptions = Array.from({ length: count }, (_, at) => ({
    value: at + 1,
    label: gradeName(at + 1),
  }));
  return (
    <>
      <SchoolField school={draft.school} change={change} />
      <Form.Item label={t.stage} htmlFor="asked-stage">
        <Select
          id="asked-stage"
          value={draft.stage}
          options={stages.map((value) => ({ value, label: words('Stage', value) }))}
          onChange={(stage) => change({ stage, grade: undefined })}
        />
      </Form.Item>
      <Form.Item label={t.grade} htmlFor="asked-grade">
        <Select
          id="asked-grade"
          value={draft.grade}
          disabled={count === 0}
          options={gradeOptions}
          onChange={(grade) => change({ grade })}
        />
      </Form.Item>
    </>
  );
};

const ReasonFields = ({ draft, change }: { draft: Draft; change: Change }) => {
  const t = useTexts(texts);
  const words = useWords();
  const optionsOf = <Value extends string>(kind: 'TransferGround' | 'HouseholdBorder') =>
    Object.keys(allWords[kind]).map((value) => ({ value: value as Value, label: words(kind, value) }));
  const choice = (name: 'withGuardians' | 'residenceMoved' | 'targetAtHousehold') => (
    <Checkbox checked={draft[name] ?? false} onChange={({ target }) => change({ [name]: target.checked })}>
      {t[name]}
    </Checkbox>
  );
  return (
    <>
      <Form.Item label={t.ground} htmlFor="asked-ground">
        <Select
          id="asked-ground"
          value={draft.ground}
          options={optionsOf<NonNullable<Draft['ground']>>('TransferGround')}
          onChange={(ground) => change({ ground })}
        />
      </Form.Item>
      {draft.ground === 'HOUSEHOLD_MOVE' && (
        <>
          <Form.Item label={t.across} htmlFor="asked-across">
            <Select
              id="asked-across"
              value={draft.across}
              options={optionsOf<NonNullable<Draft['across']>>('HouseholdBorder')}
              onChange={(across) => change({ across })}
            />
          </Form.Item>
          <Form.Item>{choice('withGuardians')}</Form.Item>
        </>
      )}
      {draft.stage === 'SENIOR' && (
        <Form.Item>
          {choice('residenceMoved')}
          {choice('targetAtHousehold')}
        </Form.Item>
      )}
    </>
  );
};

/** Applying for a transfer of the own child; what the law says appears while it is filled in. */
export default function ApplyPage() {
  const t = useTexts(texts);
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const [draft, setDraft] = useState<Draft>({});
  const change: Change = (part) => setDraft((known) => ({ ...known, ...part }));
  const application = applicationOf(id, draft);
  const judged = applicationOf(id, useSettled(draft));
  const order = useOrder(ApplyForTransferDocument, {
    findingsOf: ({ applyForTransfer }) => applyForTransfer.findings,
    refetch: ['ChildCases'],
  });
  const send = async (): Promise<void> => {
    if (!application) return;
    const data = await order.give(application);
    if (data?.applyForTransfer.application) navigate(`/students/${id}`);
  };
  return (
    <div className="child">
      <PageHead title={t.apply} above={<Link to={`/students/${id}`}>{t.back}</Link>} />
      <Flex vertical gap="middle">
        <Panel title={t.application}>
          <Form layout="vertical" onFinish={() => void send()}>
            <WhereFields draft={draft} change={change} />
            <ReasonFields draft={draft} change={change} />
            <Button type="primary" htmlType="submit" disabled={!application} loading={order.underWay}>
              {t.submit}
            </Button>
          </Form>
          <OrderOutcome outcome={order.outcome} />
        </Panel>
        <Panel title={t.preview}>
          {judged ? <ApplicationPreview application={judged} /> : <Alert type="info" title={t.fillIn} />}
        </Panel>
      </Flex>
    </div>
  );
}
