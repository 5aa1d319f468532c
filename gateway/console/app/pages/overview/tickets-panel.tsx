import { Empty, Table, type TableColumnsType } from 'antd';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { TicketsDocument, type TicketsQuery } from './generated/tickets.ts';
import { texts } from './texts.ts';

type Row = NonNullable<TicketsQuery['ticketStatistics']>['total']['byKind'][number];

const ByKind = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const figure = (key: Exclude<keyof Row, 'kind' | '__typename'>, title: string) => ({
    key,
    title,
    align: 'right' as const,
    render: (_: unknown, row: Row) => formats.number(row[key]),
  });
  const columns: TableColumnsType<Row> = [
    { key: 'kind', title: t.kind, render: (_, { kind }) => words('TicketKind', kind) },
    figure('filed', t.filed),
    figure('answeredInTime', t.inTime),
    figure('answeredLate', t.answeredLate),
    figure('overdue', t.unanswered),
    figure('escalated', t.escalated),
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ kind }) => kind}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

/** Complaints and slips of a month by kind: filed, answered, overdue. */
export const TicketsPanel = ({ month, scope }: { month: string; scope: string }) => {
  const t = useTexts(texts);
  const none = <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.noTickets} />;
  return (
    <Panel title={`${t.tickets} · ${month}`}>
      <Answer
        document={TicketsDocument}
        variables={{ month, scope }}
        select={({ ticketStatistics }) => ticketStatistics?.total.byKind}
        empty={none}
      >
        {({ ticketStatistics }) => <ByKind rows={ticketStatistics?.total.byKind ?? []} />}
      </Answer>
    </Panel>
  );
};
