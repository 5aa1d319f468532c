import { Empty, Flex, Table, type TableColumnsType } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Scrolled } from '../../layout/scrolled.tsx';
import { FileButton } from '../../uploads/file-button.tsx';
import type { Entry } from './archive-entries.ts';
import { mayRevoke, RevokeDiscipline, useLevelName } from './archive-orders.tsx';
import { texts } from './archive-texts.ts';

type Props = { student: string; entries: readonly Entry[]; allowedActions: readonly string[] };

const What = ({ entry }: { entry: Entry }) => {
  const t = useTexts(texts);
  const words = useWords();
  const levelName = useLevelName();
  const { kind, change, corrects } = entry;
  const told = corrects !== null && `${kind === 'DISCIPLINE' ? t.revokes : t.correctsEntry} ${corrects}`;
  const changeName = change && words('TimelineKind', change);
  // What the timeline has no word for, the kind of the entry says.
  return [words('ArchiveItemKind', kind), changeName !== change && changeName, levelName(entry), told]
    .filter(Boolean)
    .join(' · ');
};

const Papers = ({ entry: { number, kind, files } }: { entry: Entry }) => {
  const t = useTexts(texts);
  const words = useWords();
  const name = `${number} ${words('ArchiveItemKind', kind)}`;
  return (
    <Flex gap="small" wrap>
      {(files ?? []).map(({ id, url }, at) => (
        <FileButton key={id} url={url} name={`${name} ${at + 1}`} text={`${t.save} ${at + 1}`} />
      ))}
    </Flex>
  );
};

/** Everything that the archive holds, in the order in which it was entered; a measure that stands can be revoked here. */
export const ArchiveContents = ({ student, entries, allowedActions }: Props) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const columns: TableColumnsType<Entry> = [
    { key: 'number', title: t.number, render: (_, { number }) => number },
    {
      key: 'category',
      title: t.category,
      render: (_, { category }) => words('ArchiveCategory', category),
    },
    { key: 'kind', title: t.kind, render: (_, entry) => <What entry={entry} /> },
    { key: 'day', title: t.occurredOn, render: (_, { occurredOn }) => formats.day(occurredOn) },
    {
      key: 'words',
      title: t.words,
      render: (_, { words: said, number }) => (
        <>
          {said}{' '}
          {mayRevoke(allowedActions, entries, number) && (
            <RevokeDiscipline student={student} entry={number} />
          )}
        </>
      ),
    },
    { key: 'papers', title: t.papers, render: (_, entry) => <Papers entry={entry} /> },
  ];
  if (entries.length === 0) return <Empty description={t.noContents} />;
  return (
    <Scrolled label={t.contents}>
      <Table
        size="small"
        columns={columns}
        dataSource={[...entries]}
        rowKey={({ number }) => number}
        pagination={entries.length > 20 && { pageSize: 20, showSizeChanger: false }}
      />
    </Scrolled>
  );
};
