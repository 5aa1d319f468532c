import { Breadcrumb, Button, Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Scrolled } from '../../layout/scrolled.tsx';
import { useViewer } from '../../shell/viewer.tsx';
import { ContactsPageDocument, type ContactsPageQuery } from './generated/contacts.ts';
import { PublishOrder } from './publish-order.tsx';
import { texts } from './texts.ts';

type Unit = NonNullable<ContactsPageQuery['orgUnit']>;
type Contact = NonNullable<ContactsPageQuery['complaintContacts']>[number];
type Without = NonNullable<ContactsPageQuery['unitsWithoutContacts']>['edges'][number]['node'];

const Own = ({ unit }: { unit: Unit }) => {
  const t = useTexts(texts);
  const words = useWords();
  const { complaintContacts, contactFindings } = unit;
  return (
    <Flex vertical gap="middle">
      {complaintContacts.length === 0 && <Empty description={t.none} />}
      <ul className="papers">
        {complaintContacts.map(({ kind, channel }) => (
          <li key={channel}>
            {words('ComplaintChannel', kind)} · {channel}
          </li>
        ))}
      </ul>
      <FindingList findings={contactFindings ?? []} />
    </Flex>
  );
};

const TurnTo = ({ contacts }: { contacts: readonly Contact[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const columns: TableColumnsType<Contact> = [
    { key: 'unit', title: t.unit, render: (_, { name }) => name },
    { key: 'kind', title: t.kind, render: (_, { kind }) => words('ComplaintChannel', kind) },
    { key: 'channel', title: t.channel, render: (_, { channel }) => channel },
  ];
  if (contacts.length === 0) return <Empty description={t.none} />;
  return (
    <Scrolled label={t.turnTo}>
      <Table
        size="small"
        columns={columns}
        dataSource={[...contacts]}
        rowKey={({ unit, channel }) => `${unit} ${channel}`}
        pagination={false}
      />
    </Scrolled>
  );
};

const UnitsWithout = ({ units }: { units: readonly Without[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const columns: TableColumnsType<Without> = [
    { key: 'code', title: t.code, render: (_, { code }) => code },
    { key: 'name', title: t.unit, render: (_, { name }) => name },
    { key: 'level', title: t.level, render: (_, { level }) => words('OrgLevel', level) },
  ];
  if (units.length === 0) return <Empty description={t.everybody} />;
  return (
    <Scrolled label={t.without}>
      <Table
        size="small"
        columns={columns}
        dataSource={[...units]}
        rowKey={({ code }) => code}
        pagination={false}
      />
    </Scrolled>
  );
};

const Contacts = ({ unit: code }: { unit: string }) => {
  const t = useTexts(texts);
  const { allowedActions } = useViewer();
  const [after, setAfter] = useState<string | null>(null);
  return (
    <Answer
      document={ContactsPageDocument}
      variables={{ unit: code, after }}
      select={({ orgUnit }) => orgUnit}
    >
      {({ orgUnit, complaintContacts, unitsWithoutContacts }) => (
        <div className="panels">
          {orgUnit && (
            <Panel
              title={t.own}
              extra={allowedActions.includes('contacts.publish') && <PublishOrder unit={orgUnit} />}
            >
              <Own unit={orgUnit} />
            </Panel>
          )}
          <Panel title={t.turnTo}>
            <TurnTo contacts={complaintContacts ?? []} />
          </Panel>
          <Panel title={t.without}>
            <Flex vertical gap="middle">
              <UnitsWithout units={unitsWithoutContacts?.edges.map(({ node }) => node) ?? []} />
              <Flex gap="small" justify="end">
                <Button disabled={after === null} onClick={() => setAfter(null)}>
                  {t.first}
                </Button>
                <Button
                  disabled={!unitsWithoutContacts?.pageInfo.hasNextPage}
                  onClick={() => setAfter(unitsWithoutContacts?.pageInfo.endCursor ?? null)}
                >
                  {t.more}
                </Button>
              </Flex>
            </Flex>
          </Panel>
        </div>
      )}
    </Answer>
  );
};

/** Where people turn with complaints: what the own unit publishes, and who below it has yet to (TKT-02). */
export default function ContactsPage() {
  const t = useTexts(texts);
  const { unit } = useViewer();
  return (
    <>
      <PageHead
        title={t.title}
        above={<Breadcrumb items={[{ title: <Link to="/work">{t.work}</Link> }, { title: t.title }]} />}
      />
      {unit ? <Contacts unit={unit.code} /> : <Empty description={t.missing} />}
    </>
  );
}
