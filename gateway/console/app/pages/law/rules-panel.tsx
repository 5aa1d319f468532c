import { Empty, Flex, Input, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { BasisList } from './basis-list.tsx';
import { rulesWith } from './finding-rules.ts';
import { LawDocument, type LawQuery } from './generated/law.ts';
import { Outcomes } from './outcomes.tsx';
import type { LawQuestion } from './question.ts';
import { chapterTexts, texts } from './texts.ts';

type Rule = NonNullable<LawQuery['law']>[number];

const Rows = ({ rules }: { rules: readonly Rule[] }) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const columns: TableColumnsType<Rule> = [
    { key: 'id', title: t.id, width: 90, render: (_, { id }) => <Link to={`/law/rules/${id}`}>{id}</Link> },
    {
      key: 'title',
      title: t.name,
      render: (_, { title, titleEn }) => (language === 'zh' ? title : titleEn),
    },
    { key: 'outcome', title: t.outcome, render: (_, { outcome }) => <Outcomes outcome={outcome} /> },
    { key: 'basis', title: t.basis, render: (_, { basis }) => <BasisList basis={basis} /> },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rules]}
      rowKey={({ id }) => id}
      pagination={rules.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      className="law-table"
    />
  );
};

const Found = ({ rules }: { rules: readonly Rule[] }) => {
  const t = useTexts(texts);
  const chapters = useTexts(chapterTexts);
  const [sought, setSought] = useState('');
  const [chapter, setChapter] = useState<string | null>(null);
  const found = rulesWith(rules, chapter, sought);
  return (
    <>
      <Flex gap="small" wrap className="filters" role="search">
        <Select
          aria-label={t.chapter}
          placeholder={t.chapter}
          allowClear
          className="law-chapter"
          value={chapter}
          onChange={(value) => setChapter(value ?? null)}
          options={Object.entries(chapters).map(([value, label]) => ({ value, label: `${value} ${label}` }))}
        />
        <Input
          aria-label={t.search}
          placeholder={t.search}
          allowClear
          className="law-search"
          value={sought}
          onChange={({ target }) => setSought(target.value)}
        />
        <span className="quiet" role="status">
          {found.length} / {rules.length}
        </span>
      </Flex>
      {found.length > 0 ? (
        <Rows key={`${chapter} ${sought}`} rules={found} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />
      )}
    </>
  );
};

/** The rules in force at a place on a day, found by chapter and by words. */
export const RulesPanel = ({ question: { region, on } }: { question: LawQuestion }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.rules}>
      <Answer document={LawDocument} variables={{ region, on }} select={({ law }) => law}>
        {({ law }) => <Found rules={law ?? []} />}
      </Answer>
    </Panel>
  );
};
