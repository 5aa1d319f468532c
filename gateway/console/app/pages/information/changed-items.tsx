import { Empty, Table, type TableColumnsType } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { texts } from './texts.ts';

/** An item with what it says and what it is to say. */
export type Changed = { name: string; before: string | null; after: string | null };

/** What a case changes, item by item, as far as the viewer may see it. */
export const ChangedItems = ({ items }: { items: readonly Changed[] | null }) => {
  const t = useTexts(texts);
  if (!items || items.length === 0) return <Empty description={t.noContent} />;
  const columns: TableColumnsType<Changed> = [
    { key: 'item', title: t.item, render: (_, { name }) => name },
    { key: 'before', title: t.before, render: (_, { before }) => before ?? '–' },
    { key: 'after', title: t.after, render: (_, { after }) => after ?? '–' },
  ];
  return (
    <Table
      size="small"
      columns={columns}
      dataSource={[...items]}
      rowKey={({ name }) => name}
      pagination={false}
      scroll={{ x: 'max-content' }}
    />
  );
};
