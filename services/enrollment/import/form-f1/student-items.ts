import { readDate } from './calendar-date.ts';
import type { CodeTable } from './codes/code-table.ts';
import { COUNTRIES } from './codes/countries.ts';
import { ETHNIC_GROUPS } from './codes/ethnic-groups.ts';
import { ID_DOCUMENT_TYPES } from './codes/identity-documents.ts';
import {
  DISABILITY_TYPES,
  GENDERS,
  OVERSEAS_CATEGORIES,
  POLITICAL_STATUSES,
  YES_NO,
} from './codes/person.ts';
import { GRADES, PLACEMENT_MODES } from './codes/school-life.ts';
import { readDocumentNumber } from './document-number.ts';
import type { F1Item } from './item.ts';
import * as labels from './item-labels.ts';
import { readName } from './person-name.ts';
import { readAddress } from './postal-address.ts';
import { type CellReader, fromTable, textOf } from './reading-cell.ts';
import { F1Student } from './row.ts';
import { readYesNo } from './yes-no.ts';

type StudentField = keyof typeof F1Student.shape;
type Plain = Pick<F1Item, 'mark' | 'read'> & {
  labels: readonly [string, ...string[]];
  codeTable?: CodeTable<string>;
};

function item(number: number, field: StudentField, block: F1Item['block'], plain: Plain): F1Item {
  return {
    number,
    key: field,
    path: ['student', field],
    header: plain.labels[0],
    labels: plain.labels,
    mark: plain.mark,
    block,
    schema: F1Student.shape[field],
    codeTable: plain.codeTable ?? null,
    read: plain.read,
  };
}

const student = (number: number, field: StudentField, plain: Plain) => item(number, field, 'STUDENT', plain);
const special = (number: number, field: StudentField, plain: Plain) =>
  item(number, field, 'SPECIAL_EDUCATION', plain);
const coded = <Value extends string>(
  table: CodeTable<Value>,
): { codeTable: CodeTable<string>; read: CellReader<Value> } => ({
  codeTable: table,
  read: fromTable(table),
});
const yesNo = { codeTable: YES_NO, read: readYesNo };

/** Items 1-17 (002 Annex 1, 学生个人信息). */
export const STUDENT_ITEMS: readonly F1Item[] = [
  student(1, 'name', { labels: labels.NAME_LABELS, mark: 'STAR', read: readName }),
  student(2, 'formerName', { labels: ['曾用名'], mark: 'OPTIONAL', read: readName }),
  student(3, 'gender', { labels: ['性别'], mark: 'STAR', ...coded(GENDERS) }),
  student(4, 'nationalityOrRegion', {
    labels: ['国籍/地区', '国籍', '国籍地区', '国籍或地区', '国籍(地区)'],
    mark: 'STAR',
    ...coded(COUNTRIES),
  }),
  student(5, 'overseasCategory', {
    labels: ['港澳台侨外', '港澳台侨', '港澳台侨外码', '是否港澳台侨外'],
    mark: 'STAR',
    ...coded(OVERSEAS_CATEGORIES),
  }),
  student(6, 'ethnicGroup', { labels: labels.ETHNIC_GROUP_LABELS, mark: 'STAR', ...coded(ETHNIC_GROUPS) }),
  student(7, 'idDocumentType', {
    labels: labels.DOCUMENT_TYPE_LABELS,
    mark: 'STAR',
    ...coded(ID_DOCUMENT_TYPES),
  }),
  student(8, 'idDocumentNumber', {
    labels: labels.DOCUMENT_NUMBER_LABELS,
    mark: 'STAR',
    read: readDocumentNumber,
  }),
  student(9, 'birthDate', { labels: ['出生日期', '出生年月日', '生日'], mark: 'STAR', read: readDate }),
  student(10, 'currentAddress', {
    labels: [
      '现居住详细地址',
      '现居住地详细地址',
      '现住址',
      '现居住地址',
      '现居住地',
      '家庭住址',
      '居住地址',
    ],
    mark: 'ASTERISK',
    read: readAddress,
  }),
  student(11, 'householdAddress', {
    labels: labels.HOUSEHOLD_ADDRESS_LABELS,
    mark: 'ASTERISK',
    read: readAddress,
  }),
  student(12, 'gradeName', { labels: ['年级', '就读年级'], mark: 'STAR', ...coded(GRADES) }),
  student(13, 'className', {
    labels: ['班级', '班级名称', '就读班级'],
    mark: 'STAR',
    read: textOf({ min: 1, max: 30 }),
  }),
  student(14, 'politicalStatus', { labels: ['政治面貌'], mark: 'OPTIONAL', ...coded(POLITICAL_STATUSES) }),
  student(15, 'isBoarder', {
    labels: ['是否寄宿生', '是否寄宿', '是否住校', '是否住宿生'],
    mark: 'STAR',
    ...yesNo,
  }),
  student(16, 'isDisabled', { labels: ['是否残疾人', '是否残疾', '是否残疾学生'], mark: 'STAR', ...yesNo }),
  student(17, 'isLeftBehind', {
    labels: ['是否农村留守儿童', '是否留守儿童', '农村留守儿童'],
    mark: 'STAR',
    ...yesNo,
  }),
];

/** Items 36 and 37, filled only when item 16 is yes. */
export const SPECIAL_EDUCATION_ITEMS: readonly F1Item[] = [
  special(36, 'disabilityType', {
    labels: ['残疾类型', '残疾人类型', '残疾类别'],
    mark: 'CONDITIONAL',
    ...coded(DISABILITY_TYPES),
  }),
  special(37, 'placementMode', {
    labels: ['特教学生就读类型', '特教就读类型', '特殊教育学生就读类型', '特教学生就读方式', '随班就读方式'],
    mark: 'CONDITIONAL',
    ...coded(PLACEMENT_MODES),
  }),
];
