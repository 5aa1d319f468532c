import type { CodeTable } from './codes/code-table.ts';
import { ETHNIC_GROUPS } from './codes/ethnic-groups.ts';
import { ID_DOCUMENT_TYPES } from './codes/identity-documents.ts';
import { RELATIONS, YES_NO } from './codes/person.ts';
import { readDocumentNumber } from './document-number.ts';
import type { F1Item, RequiredMark } from './item.ts';
import * as labels from './item-labels.ts';
import { readName } from './person-name.ts';
import { readPhone } from './phone-number.ts';
import { readAddress } from './postal-address.ts';
import { type CellReader, fromTable, textOf } from './reading-cell.ts';
import { F1Guardian } from './row.ts';
import { readYesNo } from './yes-no.ts';

type GuardianField = keyof typeof F1Guardian.shape;
type Template = {
  field: GuardianField;
  labels: readonly [string, ...string[]];
  mark: RequiredMark;
  codeTable?: CodeTable<string>;
  read: CellReader<unknown>;
};

/** The nine items of a block, in the order of the form. */
const TEMPLATES: readonly Template[] = [
  { field: 'name', labels: labels.NAME_LABELS, mark: 'STAR', read: readName },
  {
    field: 'relation',
    labels: ['关系', '与学生关系', '与学生的关系'],
    mark: 'STAR',
    codeTable: RELATIONS,
    read: fromTable(RELATIONS),
  },
  {
    field: 'isLegalGuardian',
    labels: ['是否监护人', '是否为监护人', '是否法定监护人'],
    mark: 'STAR',
    codeTable: YES_NO,
    read: readYesNo,
  },
  {
    field: 'ethnicGroup',
    labels: labels.ETHNIC_GROUP_LABELS,
    mark: 'OPTIONAL',
    codeTable: ETHNIC_GROUPS,
    read: fromTable(ETHNIC_GROUPS),
  },
  {
    field: 'idDocumentType',
    labels: labels.DOCUMENT_TYPE_LABELS,
    mark: 'STAR',
    codeTable: ID_DOCUMENT_TYPES,
    read: fromTable(ID_DOCUMENT_TYPES),
  },
  {
    field: 'idDocumentNumber',
    labels: labels.DOCUMENT_NUMBER_LABELS,
    mark: 'STAR',
    read: readDocumentNumber,
  },
  { field: 'workUnit', labels: ['工作单位', '单位'], mark: 'OPTIONAL', read: textOf({ min: 1, max: 100 }) },
  { field: 'householdAddress', labels: labels.HOUSEHOLD_ADDRESS_LABELS, mark: 'STAR', read: readAddress },
  { field: 'phone', labels: labels.PHONE_LABELS, mark: 'STAR', read: readPhone },
];

function block(index: 0 | 1, firstNumber: number, word: string): F1Item[] {
  return TEMPLATES.map((template, offset) => ({
    number: firstNumber + offset,
    key: `guardians.${index}.${template.field}`,
    path: ['guardians', String(index), template.field],
    header: `${word}${template.labels[0]}`,
    labels: template.labels,
    // Item 35 carries * where item 26 carries ★ (002 Annex 1; CF-25).
    mark: index === 1 && template.field === 'phone' ? 'ASTERISK' : template.mark,
    block: index === 0 ? 'GUARDIAN_ONE' : 'GUARDIAN_TWO',
    schema: F1Guardian.shape[template.field],
    codeTable: template.codeTable ?? null,
    read: template.read,
  }));
}

/** Items 18-26 (002 Annex 1, 学生家庭成员或监护人信息一). */
export const GUARDIAN_ONE_ITEMS: readonly F1Item[] = block(0, 18, '成员一');
/** Items 27-35; the block is filled only where there is a second person, and then its marks hold. */
export const GUARDIAN_TWO_ITEMS: readonly F1Item[] = block(1, 27, '成员二');
