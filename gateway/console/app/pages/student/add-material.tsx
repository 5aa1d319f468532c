import { Form, Input, Select } from 'antd';
import { useFormats } from '../../language/formats.ts';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { CaseOrder } from '../../orders/case-order.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { WordsField } from '../../orders/words-field.tsx';
import { YesNoField } from '../../orders/yes-no-field.tsx';
import { uploadsOf } from '../../uploads/papers.ts';
import { PapersField } from '../../uploads/papers-field.tsx';
import { type Entry, matterEntries } from './archive-entries.ts';
import { categoryOf, filedByHand, handCategories } from './archive-kinds.ts';
import { texts } from './archive-texts.ts';
import { AddArchiveMaterialDocument } from './generated/add-material.ts';

/** What kind of material it is; its category follows from it (ARC-02). */
const KindField = () => {
  const t = useTexts(texts);
  const words = useWords();
  const form = Form.useFormInstance();
  return (
    <>
      <Form.Item name="kind" label={t.kind} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={handCategories.map((category) => ({
            label: words('ArchiveCategory', category),
            options: filedByHand[category].map((kind) => ({
              value: kind,
              label: words('ArchiveItemKind', kind),
            })),
          }))}
          onChange={(kind: string) => form.setFieldValue('category', categoryOf(kind))}
        />
      </Form.Item>
      <Form.Item name="category" hidden>
        <Input />
      </Form.Item>
    </>
  );
};

type Props = { student: string; entries: readonly Entry[] };

/** The registrar files material with its papers; a correction is a new entry that names the one it corrects (ARC-25). */
export const AddMaterial = ({ student, entries }: Props) => {
  const t = useTexts(texts);
  const words = useWords();
  const formats = useFormats();
  const labelOf = ({ number, kind, occurredOn }: Entry): string =>
    `${number} · ${words('ArchiveItemKind', kind)} · ${formats.day(occurredOn)}`;
  return (
    <CaseOrder
      document={AddArchiveMaterialDocument}
      text={t.addMaterial}
      kind="primary"
      seen={{ student }}
      page="StudentArchive"
      papers={{ item: 'evidence', as: uploadsOf }}
      answerOf={({ addArchiveMaterial: { archive: object, findings } }) => ({ object, findings })}
    >
      <KindField />
      <DayField name="occurredOn" label={t.occurredOn} required />
      <WordsField name="words" label={t.words} required />
      <YesNoField name="tellsOfSpecializedEducation" label={t.tellsOfSpecialized} required />
      <Form.Item name="corrects" label={t.corrects}>
        <Select
          allowClear
          options={entries.map((entry) => ({ value: entry.number, label: labelOf(entry) }))}
        />
      </Form.Item>
      <Form.Item name="matter" label={t.matter}>
        <Select
          allowClear
          options={matterEntries(entries).map((entry) => ({ value: entry.matter, label: labelOf(entry) }))}
        />
      </Form.Item>
      <Form.Item name="evidence" label={t.papers}>
        <PapersField />
      </Form.Item>
    </CaseOrder>
  );
};
