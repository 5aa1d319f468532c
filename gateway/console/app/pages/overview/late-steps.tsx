import { Button, Collapse, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { LateStepsDocument, type LateStepsQuery } from './generated/late-steps.ts';
import { texts } from './texts.ts';

type Page = NonNullable<NonNullable<LateStepsQuery['timelinessReport']>['overdueSteps']>;
type Step = Page['edges'][number]['node'];

const Steps = ({ steps }: { steps: readonly Step[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Step> = [
    { key: 'unit', title: t.unit, render: (_, { unit, name }) => name ?? unit },
    { key: 'party', title: t.party, render: (_, { party }) => words('TransferParty', party) },
    { key: 'due', title: t.due, render: (_, { reportDueOn }) => formats.day(reportDueOn) },
    {
      key: 'late',
      title: t.daysLate,
      align: 'right',
      render: (_, { daysLate }) => <Tag color="error">{formats.number(daysLate)}</Tag>,
    },
    {
      key: 'case',
      title: t.case,
      render: (_, { transfer }) => <Link to={`/work/transfers/${transfer}`}>{t.open}</Link>,
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...steps]}
      rowKey={({ transfer, party }) => `${transfer} ${party}`}
      pagination={false}
      scroll={{ x: 'max-content' }}
      expandable={{
        expandedRowRender: ({ finding: { message, basis } }) => (
          <>
            {message}
            {basis.map(({ document, article }) => (
              <div key={`${document} ${article}`}>
                {document} {article}
              </div>
            ))}
          </>
        ),
      }}
    />
  );
};

/** The steps of transfers that are overdue, page by page, each with the article by which it is late (TRF-03). */
export const LateSteps = ({ month, scope }: { month: string; scope: string }) => {
  const t = useTexts(texts);
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const after = cursors.at(-1) ?? null;
  const page = (
    <Answer
      document={LateStepsDocument}
      variables={{ month, scope, after }}
      select={({ timelinessReport }) => timelinessReport?.overdueSteps?.edges}
    >
      {({ timelinessReport }) => {
        const { edges = [], pageInfo } = timelinessReport?.overdueSteps ?? {};
        return (
          <>
            <Steps steps={edges.map(({ node }) => node)} />
            {cursors.length > 1 && (
              <Button type="link" onClick={() => setCursors(cursors.slice(0, -1))}>
                {t.earlier}
              </Button>
            )}
            {pageInfo?.hasNextPage === true && (
              <Button type="link" onClick={() => setCursors([...cursors, pageInfo.endCursor])}>
                {t.more}
              </Button>
            )}
          </>
        );
      }}
    </Answer>
  );
  return <Collapse ghost items={[{ key: 'late', label: t.lateSteps, children: page }]} />;
};
