import { Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { Panel } from '../../layout/panel.tsx';
import type { PupilsQuery } from './generated/pupils.ts';
import { useOverviewOf } from './scope.ts';
import { texts } from './texts.ts';

type Row = NonNullable<PupilsQuery['units']>['rows'][number];

const codeOf = ({ keys }: Row): string => keys[0]?.value ?? '';

/** The units one level below, the largest first; each leads to its own overview. */
export const RankingPanel = ({ rows }: { rows: readonly Row[] }) => {
  const t = useTexts(texts);
  const overviewOf = useOverviewOf();
  const formats = useFormats();
  const ranked = rows.toSorted((one, other) => (other.count ?? 0) - (one.count ?? 0));
  const sum = rows.reduce((all, { count }) => all + (count ?? 0), 0);
  const largest = ranked[0]?.count ?? 0;
  const columns: TableColumnsType<Row> = [
    {
      key: 'unit',
      title: t.unit,
      render: (_, row) => <Link to={overviewOf(codeOf(row))}>{row.keys[0]?.label ?? codeOf(row)}</Link>,
    },
    { key: 'pupils', title: t.pupils, align: 'right', render: (_, { display }) => display },
    {
      key: 'share',
      title: t.share,
      width: '35%',
      render: (_, { count }) =>
        count !== null &&
        sum > 0 && (
          <>
            {formats.percent(count / sum)}
            <span className="share" style={{ width: `${(100 * count) / largest}%` }} />
          </>
        ),
    },
  ];
  return (
    <Panel title={t.ranking}>
      <Table
        size="small"
        columns={columns}
        dataSource={ranked}
        rowKey={codeOf}
        pagination={ranked.length > 20 && { pageSize: 20, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
      />
    </Panel>
  );
};
