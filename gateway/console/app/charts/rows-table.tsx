import { Table, type TableColumnsType } from 'antd';

type Props<Row extends object> = {
  columns: TableColumnsType<Row>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

/** The figures of a chart, all of them, as a table. */
export const RowsTable = <Row extends object>({ columns, rows, rowKey }: Props<Row>) => (
  <Table
    size="small"
    columns={columns}
    dataSource={[...rows]}
    rowKey={rowKey}
    pagination={false}
    scroll={{ x: 'max-content' }}
  />
);
