import { z } from 'zod';
import { readDate } from './calendar-date.ts';
import type { CodeTable } from './codes/code-table.ts';
import { DISABILITY_LEVELS, DISABILITY_PROOFS, YES_NO } from './codes/person.ts';
import { COMMUTE_MODES } from './codes/school-life.ts';
import type { F1Item } from './item.ts';
import { PHONE_LABELS } from './item-labels.ts';
import { readName } from './person-name.ts';
import { readPhone } from './phone-number.ts';
import { type CellReader, digitsOf, fromTable, numberOf, textOf } from './reading-cell.ts';
import { F1Extras } from './row.ts';
import { readYesNo } from './yes-no.ts';

type Labels = readonly [string, ...string[]];

function further(
  field: keyof typeof F1Extras.shape,
  labels: Labels,
  read: CellReader<unknown>,
  codeTable: CodeTable<string> | null = null,
): F1Item {
  const schema = F1Extras.shape[field];
  return { ...column(field, ['extras', field], labels, read, schema), codeTable };
}

function column(
  key: string,
  path: readonly string[],
  labels: Labels,
  read: CellReader<unknown>,
  schema: z.ZodType,
): F1Item {
  return {
    number: null,
    key,
    path,
    header: labels[0],
    labels,
    mark: 'OPTIONAL',
    block: 'FURTHER',
    schema,
    codeTable: null,
    read,
  };
}

/**
 * Optional columns: fields that the texts ask for and the form lacks (003 X1§六, §七; 000 建立更新¶8), the foot of
 * the form, and columns that only help reading it.
 */
export const FURTHER_ITEMS: readonly F1Item[] = [
  further(
    'isMigrantChild',
    ['是否进城务工人员随迁子女', '是否随迁子女', '进城务工人员随迁子女', '随迁子女'],
    readYesNo,
    YES_NO,
  ),
  further(
    'commuteDistance',
    ['上下学交通距离', '上下学距离', '上下学交通距离(公里)', '上下学距离(公里)'],
    numberOf({ min: 0, max: 1000, unit: '公里' }),
  ),
  further('commuteMode', ['上下学交通方式', '上下学方式'], fromTable(COMMUTE_MODES), COMMUTE_MODES),
  further('contactPhone', ['学生联系电话', '联系电话(学生)', ...PHONE_LABELS], readPhone),
  further('hasResidencePermit', ['是否持有居住证', '是否有居住证'], readYesNo, YES_NO),
  further('residencePermitIssuer', ['居住证的签发机关', '居住证签发机关'], textOf({ min: 2, max: 100 })),
  further('residencePermitIssueDate', ['居住证的签发日期', '居住证签发日期'], readDate),
  further('disabilityLevel', ['残疾等级', '残疾级别'], fromTable(DISABILITY_LEVELS), DISABILITY_LEVELS),
  further(
    'assessedByExpertCommittee',
    ['残疾人教育专家委员会评估', '是否经残疾人教育专家委员会评估', '专家委员会评估'],
    readYesNo,
    YES_NO,
  ),
  further('disabilityProof', ['残疾证明材料', '残疾证明'], fromTable(DISABILITY_PROOFS), DISABILITY_PROOFS),
  further('filledOn', ['填表日期', '填表时间'], readDate),
  further('guardianSignature', ['学生家长签字', '家长签字'], readName),
  further('classTeacherSignature', ['班主任签字', '班主任'], readName),
  column(
    'currentRegionCode',
    ['student', 'currentAddress', 'regionCode'],
    ['现居住地行政区划代码', '现居住地区划代码', '现居住地区划'],
    digitsOf(6),
    z.string(),
  ),
  column(
    'householdRegionCode',
    ['student', 'householdAddress', 'regionCode'],
    ['户口所在地行政区划代码', '户口所在地行政区划', '户口所在地区划代码', '户籍所在地行政区划代码'],
    digitsOf(6),
    z.string(),
  ),
  column('schoolCode', ['schoolCode'], ['学校标识码', '学校代码'], digitsOf(10), z.string()),
];
