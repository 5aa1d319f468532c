import { Alert, Flex, Form, Select } from 'antd';
import { useState } from 'react';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { useSettled } from '../../orders/use-settled.ts';
import { acts, type Case, type CaseDraft, caseOf, lawful } from './case-draft.ts';
import { CaseFields } from './case-fields.tsx';
import { actTexts, caseTexts, verdictTexts } from './case-texts.ts';
import { VerdictDocument, type VerdictQuery } from './generated/verdict.ts';
import { OtherBar } from './other-bar.tsx';
import type { LawQuestion } from './question.ts';

const colours = { PASSES: 'success', HELD: 'warning', REFUSED: 'error' } as const;

const Said = ({ verdict: { outcome, findings } }: { verdict: NonNullable<VerdictQuery['verdict']> }) => {
  const words = useTexts(verdictTexts);
  return (
    <Flex vertical gap="small" aria-live="polite">
      <Alert type={colours[outcome]} showIcon title={<strong>{words[outcome]}</strong>} />
      <FindingList findings={findings} />
    </Flex>
  );
};

/** What the law says about a case at a place on a day. */
const Verdict = ({ title, at, asked }: { title: string; at: LawQuestion; asked: Case | undefined }) => {
  const t = useTexts(caseTexts);
  return (
    <Panel title={title}>
      {asked ? (
        <Answer
          document={VerdictDocument}
          variables={{ region: at.region, on: at.on, case: asked }}
          select={({ verdict }) => verdict}
        >
          {({ verdict }) => verdict && <Said verdict={verdict} />}
        </Answer>
      ) : (
        <Alert type="info" showIcon title={t.incomplete} />
      )}
    </Panel>
  );
};

type Props = {
  question: LawQuestion;
  other: LawQuestion;
  onChange(part: Readonly<Record<string, string>>): void;
};

/** A case that is only thought of: filled in, judged while it is, and compared between two places or days. */
export const CasePanel = ({ question, other, onChange }: Props) => {
  const t = useTexts(caseTexts);
  const names = useTexts(actTexts);
  const [form] = Form.useForm<CaseDraft>();
  const [begun] = useState(() => lawful(question));
  const [draft, setDraft] = useState(begun);
  const asked = caseOf(useSettled(draft), question.stage);
  const isSame = question.region === other.region && question.on === other.on;
  return (
    <div className="panels">
      <div className="panels-half">
        <Panel title={t.title}>
          <p className="quiet">{t.subtitle}</p>
          <Form<CaseDraft>
            form={form}
            layout="vertical"
            initialValues={begun}
            onValuesChange={() => setDraft(form.getFieldsValue(true))}
          >
            <Form.Item name="act" label={t.act}>
              <Select options={acts.map((value) => ({ value, label: names[value] }))} />
            </Form.Item>
            <CaseFields act={draft.act} />
          </Form>
        </Panel>
      </div>
      <div className="panels-half">
        <Flex vertical gap="middle">
          <OtherBar other={other} onChange={onChange} />
          <Verdict title={isSame ? t.verdict : t.here} at={question} asked={asked} />
          {isSame ? (
            <Alert type="info" title={t.compare} />
          ) : (
            <Verdict title={t.there} at={other} asked={asked} />
          )}
        </Flex>
      </div>
    </div>
  );
};
