import { Empty, Flex, Segmented, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Pager } from '../../layout/pager.tsx';
import { Panel } from '../../layout/panel.tsx';
import { CountIncidentsDocument, type CountIncidentsQuery } from './generated/count-incidents.ts';
import { texts } from './recount-texts.ts';

type Incident = NonNullable<CountIncidentsQuery['countIncidents']>['edges'][number]['node'];

const Facts = ({ facts }: { facts: Incident['kept'] }) => {
  const t = useTexts(texts);
  if (facts.length === 0) return '–';
  return facts.map(({ name, value }) => (
    <div key={name}>
      <code>{name}</code> {value ?? t.empty}
    </div>
  ));
};

const Rows = ({ rows }: { rows: readonly Incident[] }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Incident> = [
    { key: 'kind', title: t.kind, render: (_, { kind }) => words('CountIncidentKind', kind) },
    { key: 'cause', title: t.cause, render: (_, { cause }) => words('CountIncidentCause', cause) },
    {
      key: 'student',
      title: t.student,
      render: (_, { student }) => (student ? <Link to={`/students/${student}`}>{t.look}</Link> : '–'),
    },
    { key: 'kept', title: t.kept, render: (_, { kept }) => <Facts facts={kept} /> },
    { key: 'counted', title: t.counted, render: (_, { counted }) => <Facts facts={counted} /> },
    { key: 'foundAt', title: t.foundAt, render: (_, { foundAt }) => formats.instant(foundAt) },
    { key: 'seenAt', title: t.seenAt, render: (_, { seenAt }) => formats.instant(seenAt) },
    {
      key: 'settledAt',
      title: t.settledAt,
      render: (_, { settledAt }) => settledAt && formats.instant(settledAt),
    },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...rows]}
      rowKey={({ id }) => id}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};

const openOf = { open: true, settled: false, all: undefined } as const;
type Which = keyof typeof openOf;

/** What the nightly recounts hold against the statistics, each difference with its cause; nothing is changed by it. */
export const RecountPanel = ({ scope }: { scope?: string }) => {
  const t = useTexts(texts);
  const [which, setWhich] = useState<Which>('open');
  const [turned, setTurned] = useState<readonly string[]>([]);
  const choose = (chosen: Which): void => {
    setWhich(chosen);
    setTurned([]);
  };
  const choice = (
    <Segmented<Which>
      aria-label={t.which}
      value={which}
      onChange={choose}
      options={(['open', 'settled', 'all'] as const).map((value) => ({ value, label: t[value] }))}
    />
  );
  return (
    <Panel title={t.title} extra={choice}>
      <Answer
        document={CountIncidentsDocument}
        variables={{ scope, open: openOf[which], after: turned.at(-1) }}
        select={({ countIncidents }) => countIncidents?.edges}
        empty={<Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t.none} />}
      >
        {({ countIncidents: page }) => (
          <Flex vertical gap="middle">
            <Rows rows={page?.edges.map(({ node }) => node) ?? []} />
            <Pager turned={turned} onTurn={setTurned} pageInfo={page?.pageInfo} />
          </Flex>
        )}
      </Answer>
    </Panel>
  );
};
