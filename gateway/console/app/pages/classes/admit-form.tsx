import { Alert, Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { CheckField } from '../../orders/check-field.tsx';
import { OrderOutcome } from '../../orders/order-outcome.tsx';
import { useOrder } from '../../orders/use-order.ts';
import { pupilsIn } from './admission-list.ts';
import { AdmitDocument, type AdmitMutationVariables } from './generated/admit.ts';
import type { SchoolStagesQuery } from './generated/school-stages.ts';
import { texts } from './going-on-texts.ts';
import { type Result, ResultPanel } from './result-panel.tsx';

type Stages = NonNullable<SchoolStagesQuery['school']>['stages'];
type Draft = {
  stage?: AdmitMutationVariables['input']['stage'];
  list?: string;
  meetsPolicy?: boolean;
  inPlan?: boolean;
};

/** Admits graduates of the stage before by number and name, many at a time (ENR-25, ENR-27). */
export const AdmitForm = ({ school, stages }: { school: string; stages: Stages }) => {
  const t = useTexts(texts);
  const words = useWords();
  const [form] = Form.useForm<Draft>();
  const [draft, setDraft] = useState<Draft>({});
  const [result, setResult] = useState<Result>();
  const order = useOrder(AdmitDocument, { findingsOf: () => [], refetch: ['Admissions'] });
  const { pupils, wrong } = pupilsIn(draft.list ?? '');
  const isReady = draft.stage !== undefined && pupils.length > 0 && wrong.length === 0;
  const send = async ({ stage, meetsPolicy = false, inPlan = false }: Draft): Promise<void> => {
    if (!stage) return;
    const asked = pupils.map((pupil) => ({ ...pupil, meetsPolicy, inPlan }));
    const answered = await order.give({ school, stage, pupils: asked });
    if (!answered) return;
    const { admitted, refused, results, findings } = answered.admit;
    const nameOf = (index: number, id: string | undefined): string =>
      [pupils[index]?.name, id && `${t.admission} ${id.slice(-12)}`].filter(Boolean).join(' · ');
    const told = results.map((each) => ({
      key: String(each.index),
      name: nameOf(each.index, each.admission?.id),
      findings: each.findings,
    }));
    setResult({ done: admitted, refused, told, findings });
    form.resetFields(['list']);
    setDraft({ ...draft, list: '' });
  };
  return (
    <Flex vertical gap="middle">
      <p className="quiet">{t.admitMore}</p>
      <Form<Draft>
        form={form}
        layout="vertical"
        autoComplete="off"
        onValuesChange={(_, values) => setDraft(values)}
        onFinish={(values) => void send(values)}
      >
        <Form.Item name="stage" label={t.stage} rules={[{ required: true }]}>
          <Select options={stages.map(({ stage }) => ({ value: stage, label: words('Stage', stage) }))} />
        </Form.Item>
        <Form.Item name="list" label={t.list} rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} />
        </Form.Item>
        {wrong.length > 0 && (
          <Alert type="warning" showIcon role="status" title={`${t.wrongLines}${wrong.join('、')}`} />
        )}
        <CheckField name="meetsPolicy" label={t.meetsPolicy} />
        <CheckField name="inPlan" label={t.inPlan} />
        <Button type="primary" htmlType="submit" disabled={!isReady} loading={order.underWay}>
          {t.submit}
        </Button>
      </Form>
      <OrderOutcome outcome={order.outcome} />
      {result && <ResultPanel result={result} doneText={t.admitted} />}
    </Flex>
  );
};
