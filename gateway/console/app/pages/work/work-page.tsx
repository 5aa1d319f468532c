import { ReloadOutlined } from '@ant-design/icons';
import { Alert, Button, Empty, Flex, Select, Skeleton, Table, type TableColumnsType, Tag } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { Clock } from '../../clocks/clock.tsx';
import { ProblemList } from '../../graph/problem-list.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { type Task, type TaskKind, taskKinds } from './task.ts';
import { kindTexts, texts } from './texts.ts';
import { useInbox } from './use-inbox.ts';

const useColumns = (): TableColumnsType<Task> => {
  const t = useTexts(texts);
  const kinds = useTexts(kindTexts);
  const words = useWords();
  return [
    {
      key: 'due',
      title: t.due,
      render: (_, { due, overdue, provisional }) =>
        due ? (
          <Clock due={due} overdue={overdue} provisional={provisional} />
        ) : (
          <span className="quiet">{t.noDue}</span>
        ),
    },
    { key: 'kind', title: t.kind, render: (_, { kind }) => <Tag>{kinds[kind]}</Tag> },
    {
      key: 'state',
      title: t.state,
      render: (_, { state, to }) => <Link to={to}>{words(state[0], state[1])}</Link>,
    },
    { key: 'student', title: t.student, render: (_, { student }) => student },
    { key: 'place', title: t.place, render: (_, { place }) => place },
  ];
};

/** What the viewer may begin, by the closed table of permissions. */
const beginnings = [
  ['registration.enter', '/work/registrations/new', 'beginRegistration'],
  ['transfer.enter', '/work/transfers/new', 'beginTransfer'],
  ['registration.import', '/work/imports', 'beginImport'],
  ['outcome.read', '/work/certificates', 'certificates'],
  ['dropout.enter', '/work/dropouts/new', 'enterClue'],
  ['ticket.report', '/work/report-slips/new', 'draftReport'],
  ['ticket.hand-over', '/work/ticket-handlers', 'handOverTickets'],
  ['contacts.read', '/work/contacts', 'contacts'],
] as const;

const Beginnings = () => {
  const t = useTexts(texts);
  const { allowedActions } = useViewer();
  return (
    <Flex gap="small" wrap>
      {beginnings
        .filter(([action]) => allowedActions.includes(action))
        .map(([action, to, text]) => (
          <Link key={action} to={to}>
            {t[text]}
          </Link>
        ))}
    </Flex>
  );
};

type FilterProps = { tasks: readonly Task[]; kinds: readonly TaskKind[]; chosen: TaskKind | undefined };

const KindFilter = ({ tasks, kinds, chosen }: FilterProps) => {
  const t = useTexts(texts);
  const names = useTexts(kindTexts);
  const [, setSearch] = useSearchParams();
  const count = (kind: TaskKind): number => tasks.filter((task) => task.kind === kind).length;
  return (
    <Select
      aria-label={t.filter}
      placeholder={`${t.all} (${tasks.length})`}
      allowClear
      className="work-filter"
      value={chosen}
      onChange={(kind: TaskKind | undefined) => setSearch(kind ? { kind } : {}, { replace: true })}
      options={kinds.map((kind) => ({ value: kind, label: `${names[kind]} (${count(kind)})` }))}
    />
  );
};

/** The inbox of the viewer's unit: whatever waits for it, by clock. What is looked at stands in the address. */
export default function WorkPage() {
  const t = useTexts(texts);
  const columns = useColumns();
  const [search] = useSearchParams();
  const { kinds, tasks, problems, hasMore, isUnderWay, ask } = useInbox();
  const chosen = taskKinds.find((kind) => kind === search.get('kind'));
  const shown = chosen ? tasks.filter(({ kind }) => kind === chosen) : tasks;
  const tools = (
    <Flex gap="small" wrap>
      <KindFilter tasks={tasks} kinds={kinds} chosen={chosen} />
      <Button icon={<ReloadOutlined aria-hidden />} onClick={ask}>
        {t.reload}
      </Button>
    </Flex>
  );
  return (
    <>
      <PageHead title={t.title} extra={<Beginnings />} />
      <Panel title={t.waiting} extra={tools}>
        <Flex vertical gap="middle" aria-busy={isUnderWay}>
          {problems.length > 0 && <ProblemList problems={problems} again={ask} />}
          {shown.length > 0 && (
            <Table
              size="middle"
              columns={columns}
              dataSource={shown}
              rowKey={({ kind, id }) => `${kind} ${id}`}
              pagination={shown.length > 20 && { pageSize: 20, showSizeChanger: false }}
              scroll={{ x: 'max-content' }}
            />
          )}
          {shown.length === 0 && isUnderWay && <Skeleton active />}
          {shown.length === 0 && !isUnderWay && problems.length === 0 && (
            <Empty description={kinds.length > 0 ? t.nothing : t.nothingForYou} />
          )}
          {hasMore && <Alert type="info" showIcon title={t.more} />}
        </Flex>
      </Panel>
    </>
  );
}
