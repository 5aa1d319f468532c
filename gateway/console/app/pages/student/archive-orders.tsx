import { Flex, Form, Input, Select } from 'antd';
import { useTexts } from '../../language/language.tsx';
import { useWords } from '../../language/words.ts';
import { CaseOrder } from '../../orders/case-order.tsx';
import { ChoiceField } from '../../orders/choice-field.tsx';
import { DayField } from '../../orders/day-field.tsx';
import { useWordOptions } from '../../orders/word-options.ts';
import { WordsField } from '../../orders/words-field.tsx';
import { AddMaterial } from './add-material.tsx';
import { type Entry, measuresOpen } from './archive-entries.ts';
import { texts } from './archive-texts.ts';
import { PrintArchiveDocument } from './generated/print-archive.ts';
import { RecordAwardDocument } from './generated/record-award.ts';
import { RecordDisciplineDocument } from './generated/record-discipline.ts';
import { RefreshArchiveDocument } from './generated/refresh-archive.ts';
import { RevokeDisciplineDocument } from './generated/revoke-discipline.ts';

type Props = { student: string };

const page = 'StudentArchive';

const Award = ({ student }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={RecordAwardDocument}
      text={t.recordAward}
      seen={{ student }}
      page={page}
      answerOf={({ recordAward: { archive: object, findings } }) => ({ object, findings })}
    >
      <ChoiceField name="level" label={t.level} of="AwardLevel" required />
      <Form.Item name="title" label={t.title} rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <DayField name="awardedOn" label={t.awardedOn} required />
    </CaseOrder>
  );
};

const Discipline = ({ student }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={RecordDisciplineDocument}
      text={t.recordDiscipline}
      seen={{ student }}
      page={page}
      answerOf={({ recordDiscipline: { archive: object, findings } }) => ({ object, findings })}
    >
      <ChoiceField name="level" label={t.level} of="DisciplineLevel" required />
      <DayField name="decidedOn" label={t.decidedOn} required />
      <DayField name="endsOn" label={t.endsOn} />
    </CaseOrder>
  );
};

/** Revokes a measure that stands; its entry stays (ARC-25). */
export const RevokeDiscipline = ({ student, entry }: Props & { entry: number }) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={RevokeDisciplineDocument}
      text={t.revokeDiscipline}
      kind="danger"
      seen={{ student, entry }}
      page={page}
      answerOf={({ revokeDiscipline: { archive: object, findings } }) => ({ object, findings })}
    >
      <p className="quiet">{t.revokeMore}</p>
      <DayField name="revokedOn" label={t.revokedOn} required />
    </CaseOrder>
  );
};

const Print = ({ student }: Props) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  return (
    <CaseOrder
      document={PrintArchiveDocument}
      text={t.print}
      seen={{ student }}
      page={page}
      answerOf={({ printArchive: { archive: object, findings } }) => ({ object, findings })}
    >
      <p className="quiet">{t.printMore}</p>
      <Form.Item name="categories" label={t.category} rules={[{ required: true }]}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={optionsOf('ArchiveCategory')}
        />
      </Form.Item>
      <WordsField name="reason" label={t.reason} />
      <Form.Item name="keeper" label={t.keeper}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </CaseOrder>
  );
};

const Refresh = ({ student }: Props) => {
  const t = useTexts(texts);
  return (
    <CaseOrder
      document={RefreshArchiveDocument}
      text={t.refresh}
      seen={{ student }}
      page={page}
      answerOf={({ refreshArchive: { archive: object, findings } }) => ({ object, findings })}
    >
      {t.sure}
    </CaseOrder>
  );
};

type OrdersProps = Props & { allowedActions: readonly string[]; entries: readonly Entry[] };

/** What the viewer may do with the archive now, as the graph says. */
export const ArchiveOrders = ({ student, allowedActions, entries }: OrdersProps) => (
  <Flex gap="small" wrap>
    {allowedActions.includes('ADD_MATERIAL') && <AddMaterial student={student} entries={entries} />}
    {allowedActions.includes('RECORD_AWARD') && <Award student={student} />}
    {allowedActions.includes('REFRESH') && <Refresh student={student} />}
    {allowedActions.includes('RECORD_DISCIPLINE') && <Discipline student={student} />}
    {allowedActions.includes('PRINT') && <Print student={student} />}
  </Flex>
);

/** What a level of an entry is called: of an award, or of a measure. */
export const useLevelName = (): ((entry: Pick<Entry, 'kind' | 'level'>) => string | undefined) => {
  const words = useWords();
  return ({ kind, level }) =>
    level === null ? undefined : words(kind === 'AWARD' ? 'AwardLevel' : 'DisciplineLevel', level);
};

/** Whether the viewer may revoke the measure of an entry. */
export const mayRevoke = (
  allowedActions: readonly string[],
  entries: readonly Entry[],
  number: number,
): boolean => allowedActions.includes('RECORD_DISCIPLINE') && measuresOpen(entries).includes(number);
