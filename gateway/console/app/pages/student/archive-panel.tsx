import { Empty, Flex } from 'antd';
import { FindingList } from '../../findings/finding-list.tsx';
import { Answer } from '../../graph/answer.tsx';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { StudentArchiveDocument, type StudentArchiveQuery } from './generated/archive.ts';
import { texts } from './texts.ts';

type Archive = NonNullable<NonNullable<StudentArchiveQuery['student']>['archive']>;

const Contents = ({ archive }: { archive: Archive }) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const day = (value: string | null) => (value ? formats.day(value) : '–');
  const { custodian, state, openedOn, refreshedOn, intact, sections, findings } = archive;
  return (
    <Flex vertical gap="middle">
      <Values
        items={[
          [t.custody, words('ArchiveCustodyState', state)],
          [t.custodian, `${words('ArchiveCustodianKind', custodian.kind)} ${custodian.code}`],
          [t.openedOn, day(openedOn)],
          [t.refreshedOn, day(refreshedOn)],
          ...(intact === null ? [] : ([[t.intact, intact ? t.isIntact : t.isBroken]] as const)),
          ...sections.map(
            ({ category, entries }) =>
              [words('ArchiveCategory', category), `${formats.number(entries.length)} ${t.entries}`] as const,
          ),
        ]}
      />
      <FindingList findings={findings} />
    </Flex>
  );
};

/** The student's archive: who keeps it, what is in it, what the law says of it. */
export const ArchivePanel = ({ id }: { id: string }) => {
  const t = useTexts(texts);
  return (
    <Panel title={t.archive}>
      <Answer
        document={StudentArchiveDocument}
        variables={{ id }}
        select={({ student }) => student?.archive}
        empty={<Empty description={t.noArchive} />}
      >
        {({ student }) => student?.archive && <Contents archive={student.archive} />}
      </Answer>
    </Panel>
  );
};
