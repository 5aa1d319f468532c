import { useApolloClient } from '@apollo/client/react';
import { Button, Flex, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import { BalanceTag } from './balance-tag.tsx';
import { texts } from './balance-texts.ts';
import { ConservationOfDocument, type ConservationOfQuery } from './generated/conservation.ts';
import { UnitsCountedDocument, type UnitsCountedQuery } from './generated/units-counted.ts';
import { useOneByOne } from './use-one-by-one.ts';

type Comparison = NonNullable<ConservationOfQuery['conservation']>;
type Unit = NonNullable<UnitsCountedQuery['enrollmentStatistics']>['rows'][number];
type Props = { scope: string; from: string; to: string; addressOf(scope: string): string };

const codeOf = ({ keys }: Unit): string => keys[0]?.value ?? '';

const Units = ({ units, from, to, addressOf }: Omit<Props, 'scope'> & { units: readonly Unit[] }) => {
  const t = useTexts(texts);
  const formats = useFormats();
  const client = useApolloClient();
  const { found, isUnderWay, start, stop } = useOneByOne<Comparison>(async (scope) => {
    const variables = { scope, from, to };
    const question = { query: ConservationOfDocument, variables, fetchPolicy: 'network-only' as const };
    const { data } = await client.query(question);
    return data?.conservation ?? undefined;
  });
  const figure = (key: 'opening' | 'entered' | 'left' | 'closing' | 'difference') => ({
    ...{ key, title: t[key], align: 'right' as const },
    render: (_: unknown, unit: Unit) => {
      const value = found.get(codeOf(unit))?.[key];
      return value === undefined ? '' : formats.number(value);
    },
  });
  const columns: TableColumnsType<Unit> = [
    {
      key: 'unit',
      title: t.unit,
      render: (_, unit) => <Link to={addressOf(codeOf(unit))}>{unit.keys[0]?.label ?? codeOf(unit)}</Link>,
    },
    ...(['opening', 'entered', 'left', 'closing', 'difference'] as const).map(figure),
    {
      key: 'balance',
      title: t.balance,
      render: (_, unit) => {
        const comparison = found.get(codeOf(unit));
        if (comparison) return <BalanceTag balance={comparison.balance} />;
        return found.has(codeOf(unit)) ? t.notAnswered : '';
      },
    },
  ];
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" align="center">
        <Button onClick={() => (isUnderWay ? stop() : void start(units.map(codeOf)))}>
          {isUnderWay ? t.stop : t.checkAll}
        </Button>
        <span role="status" className="quiet">
          {found.size > 0 && `${t.checked} ${found.size} / ${units.length}`}
        </span>
      </Flex>
      <Table
        size="small"
        columns={columns}
        dataSource={[...units]}
        rowKey={codeOf}
        pagination={units.length > 50 && { pageSize: 50, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
      />
    </Flex>
  );
};

/** The same comparison for each unit or school one level below, made one by one when it is asked for. */
export const BalancesBelow = ({ scope, ...rest }: Props) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.below}>
      <Answer
        document={UnitsCountedDocument}
        variables={{ scope }}
        select={({ enrollmentStatistics }) => enrollmentStatistics?.rows}
      >
        {({ enrollmentStatistics }) => (
          <Units
            key={`${scope} ${rest.from} ${rest.to}`}
            units={enrollmentStatistics?.rows ?? []}
            {...rest}
          />
        )}
      </Answer>
    </Panel>
  );
};
