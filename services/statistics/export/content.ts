import { createHash } from 'node:crypto';
import { SUPPRESSED } from '#libs/law/statistics/suppression.ts';
import type { Dimension } from '../table/question.ts';
import type { TableRow } from '../table/table.ts';

/** What a file holds: a header, a row for each row of the table, and what it is. */
export type ExportContent = {
  header: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  notes: readonly (readonly [string, string])[];
};

/** A table that somebody sees, whichever it is. */
export type ExportedTable = {
  title: string;
  scope: string;
  asOf: string;
  dimensions: readonly Dimension[];
  rows: readonly TableRow[];
};

const HEADINGS: Readonly<Record<Dimension, string>> = {
  UNIT: '单位',
  STAGE: '学段',
  GRADE: '年级',
  GENDER: '性别',
  STATUS: '学籍状态',
  NUMBER_KIND: '学籍号类别',
  DOCUMENT_TYPE: '身份证件类型',
  ETHNIC_GROUP: '民族',
  BOARDER: '是否住宿',
  LEFT_BEHIND: '是否留守',
  MIGRANT: '是否随迁',
  RESIDENCE_PERMIT: '是否有居住证',
  DISABLED: '是否残疾',
};

const ALL = '合计';

/** The table as it is written into files: what the reader sees and nothing else, hidden and rounded counts marked. */
export const contentOf = (
  { title, scope, asOf, dimensions, rows }: ExportedTable,
  { unit, purpose, at }: { unit: string; purpose: string; at: string },
): ExportContent => ({
  header: [
    ...dimensions.flatMap((dimension) => [
      ...(dimension === 'UNIT' ? ['单位代码'] : []),
      HEADINGS[dimension],
    ]),
    '人数',
    '约数取整',
  ],
  rows: rows.map(({ keys, count, display, roundedTo }) => [
    ...dimensions.flatMap((dimension) => {
      const key = keys.find((known) => known.dimension === dimension);
      const label = key === undefined ? ALL : (key.label ?? key.value);
      return dimension === 'UNIT' ? [key?.value ?? '', label] : [label];
    }),
    count ?? display,
    roundedTo ?? '',
  ]),
  notes: [
    ['表名', title],
    ['统计范围', scope],
    ['统计时点', asOf],
    ['导出单位', unit],
    ['导出时间', at],
    ['用途', purpose],
    [SUPPRESSED.text, SUPPRESSED.note],
  ],
});

/** SHA-256 of a content in hexadecimal. */
export const digestOf = (content: ExportContent): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');
