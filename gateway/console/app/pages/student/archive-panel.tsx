import { Empty, Table, type TableColumnsType } from 'antd';
import { Clock } from '../../clocks/clock.tsx';
import { dayOf } from '../../clocks/days-left.ts';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Scrolled } from '../../layout/scrolled.tsx';
import { Values } from '../../layout/values.tsx';
import { ArchiveContents } from './archive-contents.tsx';
import { entriesOf } from './archive-entries.ts';
import { ArchiveOrders } from './archive-orders.tsx';
import { texts } from './archive-texts.ts';
import { StudentArchiveDocument, type StudentArchiveQuery } from './generated/archive.ts';

type Archive = NonNullable<NonNullable<StudentArchiveQuery['student']>['archive']>;
type Print = Archive['prints'][number];

const useClocks = ({ openedOn, dueOn, handOver }: Archive) => {
  const t = useTexts(texts);
  const words = useWords();
  const isPassedOn = handOver?.passedOnOn != null;
  const clock = (due: string, overdue: boolean) => <Clock key={due} due={due} overdue={overdue} />;
  return [
    ...(openedOn === null && dueOn ? [[t.openBy, clock(dueOn, dueOn < dayOf(new Date()))] as const] : []),
    ...(handOver
      ? [[t.goesTo, `${words('ArchiveCustodianKind', handOver.to.kind)} ${handOver.to.code}`] as const]
      : []),
    ...(handOver && !isPassedOn ? [[t.passOnBy, clock(handOver.dueOn, handOver.overdue)] as const] : []),
    ...(handOver?.acceptBy
      ? [[t.acceptBy, clock(handOver.acceptBy, handOver.acceptBy < dayOf(new Date()))] as const]
      : []),
  ];
};

const About = ({ archive }: { archive: Archive }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const clocks = useClocks(archive);
  const day = (value: string | null) => (value ? formats.day(value) : '–');
  const { custodian, state, openedOn, refreshedOn, intact } = archive;
  return (
    <Values
      items={[
        [t.custody, words('ArchiveCustodyState', state)],
        [t.custodian, `${words('ArchiveCustodianKind', custodian.kind)} ${custodian.code}`],
        [t.openedOn, day(openedOn)],
        [t.refreshedOn, day(refreshedOn)],
        ...(intact === null ? [] : ([[t.intact, intact ? t.isIntact : t.isBroken]] as const)),
        ...clocks,
      ]}
    />
  );
};

const Prints = ({ prints }: Pick<Archive, 'prints'>) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Print> = [
    { key: 'day', title: t.printedOn, render: (_, { printedOn }) => formats.day(printedOn) },
    {
      key: 'categories',
      title: t.category,
      render: (_, { categories }) => categories.map((one) => words('ArchiveCategory', one)).join('、'),
    },
    { key: 'reason', title: t.reason, render: (_, { reason }) => reason },
    { key: 'keeper', title: t.keeper, render: (_, { keeper }) => keeper },
  ];
  if (prints.length === 0) return <Empty description={t.noPrints} />;
  return (
    <Scrolled label={t.prints}>
      <Table
        size="small"
        columns={columns}
        dataSource={[...prints]}
        rowKey={({ number }) => number}
        pagination={false}
      />
    </Scrolled>
  );
};

const Whole = ({ student, archive }: { student: string; archive: Archive }) => {
  const t = useTexts(texts);
  const { allowedActions, findings, prints } = archive;
  const entries = entriesOf(archive.sections);
  return (
    <div className="panels">
      <Panel
        title={t.archive}
        extra={<ArchiveOrders student={student} allowedActions={allowedActions} entries={entries} />}
      >
        <About archive={archive} />
      </Panel>
      {findings.length > 0 && (
        <Panel title={t.recorded}>
          <FindingList findings={findings} />
        </Panel>
      )}
      <Panel title={t.contents}>
        <ArchiveContents student={student} entries={entries} allowedActions={allowedActions} />
      </Panel>
      <Panel title={t.prints}>
        <Prints prints={prints} />
      </Panel>
    </div>
  );
};

/** The student's archive: who keeps it and until when, what is in it, what the law says of it, what can be done. */
export const ArchivePanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Answer
      document={StudentArchiveDocument}
      variables={{ id }}
      select={({ student }) => student?.archive}
      empty={
        <Panel title={t.archive}>
          <Empty description={t.noArchive} />
        </Panel>
      }
    >
      {({ student }) => student?.archive && <Whole student={id} archive={student.archive} />}
    </Answer>
  );
};
