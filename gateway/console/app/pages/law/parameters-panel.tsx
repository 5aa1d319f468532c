import { Empty, Input, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { BasisList } from './basis-list.tsx';
import { LawParametersDocument, type LawParametersQuery } from './generated/parameters.ts';
import type { LawQuestion } from './question.ts';
import { texts, valueTexts } from './texts.ts';
import { valueText } from './value-text.ts';

type Parameter = NonNullable<LawParametersQuery['lawParameters']>[number];

const Value = ({ parameter: { value, target, findings } }: { parameter: Parameter }) => {
  const t = useTexts(texts);
  const words = useTexts(valueTexts);
  if (findings.length > 0 && value === null) return <FindingList findings={findings} />;
  return (
    <>
      <strong>{valueText(value, words)}</strong>
      {target && (
        <div className="quiet">
          {t.stricter}：{valueText(target.value, words)}
          <BasisList basis={target.basis} />
        </div>
      )}
      <FindingList findings={findings} />
    </>
  );
};

const Rows = ({ parameters }: { parameters: readonly Parameter[] }) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  const columns: TableColumnsType<Parameter> = [
    {
      key: 'title',
      title: t.name,
      render: (_, { title, titleEn }) => (language === 'zh' ? title : titleEn),
    },
    { key: 'value', title: t.value, render: (_, parameter) => <Value parameter={parameter} /> },
    { key: 'basis', title: t.basis, render: (_, { basis }) => <BasisList basis={basis} /> },
    {
      key: 'rules',
      title: t.usedBy,
      render: (_, { rules }) =>
        rules.map((id, at) => (
          <span key={id}>
            {at > 0 && ' '}
            <Link to={`/law/rules/${id}`}>{id}</Link>
          </span>
        )),
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...parameters]}
      rowKey={({ id }) => id}
      pagination={parameters.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      className="law-table"
    />
  );
};

const Found = ({ parameters }: { parameters: readonly Parameter[] }) => {
  const t = useTexts(texts);
  const [sought, setSought] = useState('');
  const found = parameters.filter(({ id, title, titleEn, rules }) =>
    [id, title, titleEn, ...rules].join(' ').toLowerCase().includes(sought.trim().toLowerCase()),
  );
  return (
    <>
      <Input
        aria-label={t.search}
        placeholder={t.search}
        allowClear
        className="law-search filters"
        value={sought}
        onChange={({ target }) => setSought(target.value)}
      />
      {found.length > 0 ? (
        <Rows key={sought} parameters={found} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noParameters} />
      )}
    </>
  );
};

/** Time limits and settings of the law for a stage at a place on a day. */
export const ParametersPanel = ({ question }: { question: LawQuestion }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.parameters}>
      <Answer
        document={LawParametersDocument}
        variables={question}
        select={({ lawParameters }) => lawParameters}
      >
        {({ lawParameters }) => <Found parameters={lawParameters ?? []} />}
      </Answer>
    </Panel>
  );
};
