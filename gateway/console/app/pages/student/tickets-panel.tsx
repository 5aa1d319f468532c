import { Empty, Table, type TableColumnsType, Tag } from 'antd';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { StudentTicketsDocument, type StudentTicketsQuery } from './generated/student-tickets.ts';
import { texts } from './texts.ts';

type Row = NonNullable<NonNullable<StudentTicketsQuery['student']>['tickets']>[number];

/** Complaints and slips about the student. */
export const StudentTicketsPanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const { allowedActions } = useViewer();
  const files = ['ticket.file', 'ticket.file-own'].some((action) => allowedActions.includes(action));
  const columns: TableColumnsType<Row> = [
    {
      key: 'kind',
      title: t.kind,
      render: (_, row) => <Link to={`/work/tickets/${row.id}`}>{words('TicketKind', row.kind)}</Link>,
    },
    { key: 'state', title: t.status, render: (_, { state }) => words('TicketState', state) },
    {
      key: 'due',
      title: t.dueOn,
      render: (_, { dueOn, overdue }) => (
        <>
          {dueOn && formats.day(dueOn)} {overdue && <Tag color="error">{t.overdue}</Tag>}
        </>
      ),
    },
  ];
  return (
    <Panel title={t.tickets} extra={files && <Link to={`/students/${id}/complaint`}>{t.fileComplaint}</Link>}>
      <Answer
        document={StudentTicketsDocument}
        variables={{ id }}
        select={({ student }) => student?.tickets}
        empty={<Empty description={t.noTickets} />}
      >
        {({ student }) => (
          <Table
            size="small"
            columns={columns}
            dataSource={[...(student?.tickets ?? [])]}
            rowKey={(row) => row.id}
            pagination={false}
            scroll={{ x: 'max-content' }}
          />
        )}
      </Answer>
    </Panel>
  );
};
