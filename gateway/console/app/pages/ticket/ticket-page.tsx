import { Empty, Flex, Table, type TableColumnsType, Tag, Timeline } from 'antd';
import { Link, useParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFollowed } from '../../graph/use-stream.ts';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import { About } from './about.tsx';
import { TicketPageDocument } from './generated/ticket.ts';
import { TicketFollowedDocument } from './generated/ticket-followed.ts';
import { texts } from './texts.ts';
import type { Ticket } from './ticket-case.ts';
import { TicketHead } from './ticket-head.tsx';
import { TicketOrders } from './ticket-orders.tsx';

type Running = Ticket['clocks'][number];
type Slip = Extract<Ticket, { __typename: 'Complaint' }>['slips'][number];

const Clocks = ({ clocks }: { clocks: readonly Running[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Running> = [
    { key: 'clock', title: t.clock, render: (_, { clock }) => words('TicketClockKind', clock) },
    { key: 'started', title: t.started, render: (_, { startedOn }) => formats.day(startedOn) },
    { key: 'days', title: t.days, align: 'right', render: (_, { workingDays }) => workingDays },
    {
      key: 'due',
      title: t.due,
      render: (_, { state, dueOn, provisional, missedAt }) =>
        state === 'RUNNING' ? (
          <Clock due={dueOn} provisional={provisional} overdue={missedAt !== null} />
        ) : (
          formats.day(dueOn)
        ),
    },
    { key: 'state', title: t.state, render: (_, { state }) => words('TicketClockState', state) },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...clocks]}
      rowKey={({ clock, turn }) => `${clock} ${turn}`}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

const Slips = ({ slips }: { slips: readonly Slip[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const columns: TableColumnsType<Slip> = [
    {
      key: 'kind',
      title: t.kind,
      render: (_, { id, kind }) => <Link to={`/work/tickets/${id}`}>{words('TicketKind', kind)}</Link>,
    },
    { key: 'unit', title: t.unit, render: (_, { unit }) => unit },
    { key: 'state', title: t.state, render: (_, { state }) => words('TicketState', state) },
    {
      key: 'due',
      title: t.due,
      render: (_, { dueOn, overdue }) => dueOn && <Clock due={dueOn} overdue={overdue} />,
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...slips]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

const History = ({ history }: Pick<Ticket, 'history'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  return (
    <Timeline
      items={history.map(({ line, at, act, unit, toUnit, inside, words: said }) => ({
        key: line,
        content: (
          <>
            <time dateTime={at}>{formats.instant(at)}</time> · {words('TicketLineAct', act)}
            {unit && ` · ${unit}`}
            {toUnit && ` → ${toUnit}`} {inside && <Tag>{t.inside}</Tag>}
            {said && <div>{said}</div>}
          </>
        ),
      }))}
    />
  );
};

const Papers = ({ attachments }: Pick<Ticket, 'attachments'>) => {
  const t = useTexts(texts);
  const formats = useFormats();
  return (
    <ul className="papers">
      {attachments.map(({ id, mediaType, unit, addedAt, url }) => (
        <Flex key={id} component="li" gap="small" wrap align="center">
          <span>
            {mediaType} · {unit} · {formats.instant(addedAt)}
          </span>
          {url && <FileButton url={url} name={t.papers} text={t.save} />}
        </Flex>
      ))}
    </ul>
  );
};

const Shown = ({ ticket }: { ticket: Ticket }) => {
  const t = useTexts(texts);
  useFollowed(TicketFollowedDocument, { id: ticket.id }, ticket.endedAt !== null);
  const slips = 'slips' in ticket ? ticket.slips : [];
  const complaints = ticket.__typename === 'SystemicIssue' ? ticket.tickets : [];
  return (
    <div className="panels">
      <Panel title={t.about} extra={<TicketOrders ticket={ticket} />}>
        <About ticket={ticket} />
      </Panel>
      <Panel title={t.clocks}>
        <Clocks clocks={ticket.clocks} />
      </Panel>
      {slips.length > 0 && (
        <Panel title={t.slips}>
          <Slips slips={slips} />
        </Panel>
      )}
      {complaints.length > 0 && (
        <Panel title={t.complaints}>
          <Slips slips={complaints} />
        </Panel>
      )}
      {ticket.attachments.length > 0 && (
        <Panel title={t.papers}>
          <Papers attachments={ticket.attachments} />
        </Panel>
      )}
      <Panel title={t.history}>
        <History history={ticket.history} />
      </Panel>
    </div>
  );
};

/** A complaint or a slip: its clocks, the slips below it, what has happened, and what the viewer may do; followed live. */
export default function TicketPage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <TicketHead title={t.title} />
      <Answer
        document={TicketPageDocument}
        variables={{ id }}
        select={({ ticket }) => ticket}
        empty={<Empty description={t.missing} />}
      >
        {({ ticket }) => ticket && <Shown ticket={ticket} />}
      </Answer>
    </>
  );
}
