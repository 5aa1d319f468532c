import { Alert, Empty, Flex, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { BasisList } from './basis-list.tsx';
import { type Difference, differencesOf } from './differences.ts';
import { LawComparisonDocument, type LawComparisonQuery } from './generated/comparison.ts';
import { OtherBar } from './other-bar.tsx';
import type { LawQuestion } from './question.ts';
import { texts, valueTexts } from './texts.ts';
import { valueText } from './value-text.ts';

type Rule = NonNullable<LawComparisonQuery['rulesHere']>[number];
type Parameter = NonNullable<LawComparisonQuery['parametersHere']>[number];
type Titled = { title: string; titleEn: string };

const basisOf = ({ basis }: Rule): unknown => basis.map(({ document, article }) => [document, article]);
const partsOf = ({ value }: Parameter): unknown => [value];

const useTitle = (): ((pair: { here?: Titled; there?: Titled }) => string) => {
  const { language } = useLanguage();
  return ({ here, there }) => (language === 'zh' ? here?.title : here?.titleEn) ?? there?.title ?? '';
};

const RuleDifferences = ({ differences }: { differences: readonly Difference<Rule>[] }) => {
  const t = useTexts(texts);
  const titleOf = useTitle();
  const side = (rule: Rule | undefined) =>
    rule ? <BasisList basis={rule.basis} /> : <em className="quiet">{t.notSaid}</em>;
  const columns: TableColumnsType<Difference<Rule>> = [
    { key: 'id', title: t.id, render: (_, { id }) => <Link to={`/law/rules/${id}`}>{id}</Link> },
    { key: 'title', title: t.name, render: (_, pair) => titleOf(pair) },
    { key: 'here', title: t.here, render: (_, { here }) => side(here) },
    { key: 'there', title: t.there, render: (_, { there }) => side(there) },
  ];
  return <Sides title={t.ruleDifferences} columns={columns} differences={differences} />;
};

const ParameterDifferences = ({ differences }: { differences: readonly Difference<Parameter>[] }) => {
  const t = useTexts(texts);
  const words = useTexts(valueTexts);
  const titleOf = useTitle();
  const side = (parameter: Parameter | undefined) =>
    parameter && (
      <>
        <strong>{valueText(parameter.value, words)}</strong>
        <BasisList basis={parameter.basis} />
      </>
    );
  const columns: TableColumnsType<Difference<Parameter>> = [
    { key: 'title', title: t.name, render: (_, pair) => titleOf(pair) },
    { key: 'here', title: t.here, render: (_, { here }) => side(here) },
    { key: 'there', title: t.there, render: (_, { there }) => side(there) },
  ];
  return <Sides title={t.parameterDifferences} columns={columns} differences={differences} />;
};

type SidesProps<Item extends { id: string }> = {
  title: string;
  columns: TableColumnsType<Difference<Item>>;
  differences: readonly Difference<Item>[];
};

const Sides = <Item extends { id: string }>({ title, columns, differences }: SidesProps<Item>) => {
  const t = useTexts(texts);
  return (
    <Panel title={`${title} · ${differences.length}`}>
      {differences.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.same} />
      ) : (
        <Table
          size="small"
          columns={columns}
          dataSource={[...differences]}
          rowKey={({ id }) => id}
          pagination={differences.length > 20 && { pageSize: 20, showSizeChanger: false }}
          scroll={{ x: 'max-content' }}
          className="law-table"
        />
      )}
    </Panel>
  );
};

type Props = {
  question: LawQuestion;
  other: LawQuestion;
  onChange(part: Readonly<Record<string, string>>): void;
};

/** The law of two places or of two days, side by side: only what differs. */
export const ComparisonPanel = ({ question, other, onChange }: Props) => {
  const t = useTexts(texts);
  const isSame = question.region === other.region && question.on === other.on;
  const variables = {
    ...{ here: question.region, on: question.on, stage: question.stage },
    ...{ there: other.region, thereOn: other.on },
  };
  return (
    <Flex vertical gap="middle">
      <OtherBar other={other} onChange={onChange} />
      {isSame ? (
        <Alert type="info" showIcon title={t.chooseOther} />
      ) : (
        <Answer document={LawComparisonDocument} variables={variables} select={({ rulesHere }) => rulesHere}>
          {({ rulesHere, rulesThere, parametersHere, parametersThere }) => (
            <Flex vertical gap="middle">
              <ParameterDifferences
                differences={differencesOf(parametersHere ?? [], parametersThere ?? [], partsOf)}
              />
              <RuleDifferences differences={differencesOf(rulesHere ?? [], rulesThere ?? [], basisOf)} />
            </Flex>
          )}
        </Answer>
      )}
    </Flex>
  );
};
