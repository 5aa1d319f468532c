import { createHash } from 'node:crypto';
import { SUPPRESSED } from '#libs/law/statistics/suppression.ts';
import type { FlowDimension } from '../flows/question.ts';
import type { Dimension } from '../table/question.ts';

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
  /** First and last day, where it is of a period. */
  period?: string;
  dimensions: readonly (Dimension | FlowDimension)[];
  /** Heads of the figures of a row, and the figures under them. */
  heads: readonly string[];
  rows: readonly { keys: readonly ExportedKey[]; figures: readonly (string | number)[] }[];
};

type ExportedKey = { dimension: Dimension | FlowDimension; value: string; label: string | null };

const HEADINGS: Readonly<Record<Dimension | FlowDimension, string>> = {
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
  KIND: '流动种类',
  ORIGIN: '来源地',
  DESTINATION: '去向',
};

/** Of these the code stands before the name. */
const CODED: ReadonlySet<string> = new Set(['UNIT', 'ORIGIN', 'DESTINATION']);

const ALL = '合计';

/** The table as it is written into files: what the reader sees and nothing else, hidden and rounded counts marked. */
export const contentOf = (
  { title, scope, asOf, period, dimensions, heads, rows }: ExportedTable,
  { unit, purpose, at }: { unit: string; purpose: string; at: string },
): ExportContent => ({
  header: [
    ...dimensions.flatMap((dimension) => [
      ...(CODED.has(dimension) ? [`${HEADINGS[dimension]}代码`] : []),
      HEADINGS[dimension],
    ]),
    ...heads,
  ],
  rows: rows.map(({ keys, figures }) => [
    ...dimensions.flatMap((dimension) => {
      const key = keys.find((known) => known.dimension === dimension);
      const label = key === undefined ? ALL : (key.label ?? key.value);
      return CODED.has(dimension) ? [key?.value ?? '', label] : [label];
    }),
    ...figures,
  ]),
  notes: [
    ['表名', title],
    ['统计范围', scope],
    ...(period === undefined ? [] : [['统计期间', period] as const]),
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
