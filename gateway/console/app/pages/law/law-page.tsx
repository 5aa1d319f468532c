import { Empty, Tabs, Typography } from 'antd';
import { useSearchParams } from 'react-router';
import { useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { CasePanel } from './case-panel.tsx';
import { caseTexts } from './case-texts.ts';
import { ComparisonPanel } from './comparison-panel.tsx';
import { ParametersPanel } from './parameters-panel.tsx';
import { otherIn, questionIn } from './question.ts';
import { QuestionBar } from './question-bar.tsx';
import { RulesPanel } from './rules-panel.tsx';
import { texts } from './texts.ts';

/** The law of a place on a day; place, day, stage and tab stand in the address. */
export default function LawPage() {
  const t = useTexts(texts);
  const [search, setSearch] = useSearchParams();
  const { unit } = useViewer();
  const question = questionIn(search, unit?.code ?? '');
  const change = (part: Readonly<Record<string, string>>): void =>
    setSearch({ ...Object.fromEntries(search), ...part }, { replace: true });
  const cases = useTexts(caseTexts);
  const other = otherIn(search, question);
  const tabs = [
    { key: 'rules', label: t.rules, children: <RulesPanel question={question} /> },
    { key: 'parameters', label: t.parameters, children: <ParametersPanel question={question} /> },
    {
      key: 'comparison',
      label: t.comparison,
      children: <ComparisonPanel question={question} other={other} onChange={change} />,
    },
    {
      key: 'case',
      label: cases.title,
      children: <CasePanel question={question} other={other} onChange={change} />,
    },
  ];
  return (
    <>
      <PageHead title={t.title} />
      <Typography.Paragraph type="secondary">{t.subtitle}</Typography.Paragraph>
      <QuestionBar question={question} onChange={change} />
      {question.region ? (
        <Tabs
          items={tabs}
          activeKey={search.get('tab') ?? 'rules'}
          onChange={(tab) => change({ tab })}
          destroyOnHidden
        />
      ) : (
        <Empty description={t.choosePlace} />
      )}
    </>
  );
}
