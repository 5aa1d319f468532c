import type { Directory } from '#libs/platform/directory/directory.ts';
import { labelOf } from '../table/labels.ts';
import type { FlowRow } from './flow-statistics.ts';
import { FLOW_KINDS, type FlowKind } from './kinds.ts';
import type { FlowDimension } from './question.ts';

const kinds: Record<FlowKind, string> = {
  REGISTRATION: '新建学籍',
  GOING_ON: '升学',
  TRANSFER: '转学',
  MERGER: '学校合并',
  RETURN: '返校复籍',
  RETURN_FROM_ABROAD: '回国复籍',
  GRADUATION_UNDONE: '撤销毕业',
  GRADUATION: '毕业',
  COMPLETION: '结业',
  WITHDRAWAL: '退学',
  EXPULSION: '开除',
  LEFT_OTHER: '其他离校',
  ABROAD: '出国（境）',
  DEATH: '死亡注销',
  REFUSAL: '不予核准',
  ADMISSION_ENDED: '取消入学资格',
  DUPLICATE_ENDED: '重复学籍终止',
  OTHER: '其他',
  SUSPENSION: '休学',
  RESUMPTION: '复学',
  DROPOUT: '辍学',
  DROPOUT_RETURN: '劝返复学',
};

type Unlabelled = Omit<FlowRow, 'keys'> & { values: readonly string[] };

const places: ReadonlySet<FlowDimension> = new Set(['UNIT', 'ORIGIN', 'DESTINATION']);

const ranks: readonly string[] = FLOW_KINDS;
const rankOf = (dimension: FlowDimension, value: string): string =>
  dimension === 'KIND' ? String(ranks.indexOf(value)).padStart(2, '0') : value.padStart(12, '0');

/** Rows with the names of their values in Chinese, in the order of the vocabulary, of codes and of grades. */
export const flowLabels = async (
  directory: Directory,
  by: readonly FlowDimension[],
  rows: readonly Unlabelled[],
): Promise<FlowRow[]> => {
  const codes = new Set(rows.flatMap(({ values }) => values.filter((_, at) => places.has(by[at] ?? 'KIND'))));
  const units = await directory.units();
  const schools = await directory.schoolsOf([...codes].filter((code) => !units.has(code)));
  const labelFor = (dimension: FlowDimension, value: string): string | null => {
    if (dimension === 'UNIT' || dimension === 'ORIGIN' || dimension === 'DESTINATION')
      return units.get(value)?.name ?? schools.get(value)?.name ?? null;
    if (dimension === 'KIND')
      return FLOW_KINDS.some((kind) => kind === value) ? kinds[value as FlowKind] : null;
    return labelOf(dimension, value);
  };
  const order = ({ values }: Unlabelled): string =>
    values.map((value, at) => rankOf(by[at] ?? 'KIND', value)).join('|');
  return [...rows]
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(({ values, ...row }) => ({
      ...row,
      keys: values.map((value, at) => {
        const dimension = by[at] ?? 'KIND';
        return { dimension, value, label: labelFor(dimension, value) };
      }),
    }));
};
