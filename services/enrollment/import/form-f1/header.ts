import { blockOfGroupHeading, headerLabel, type NamedBlock, plainLabel } from './header-labels.ts';
import type { F1Item, ItemBlock } from './item.ts';
import { ALL_ITEMS } from './items.ts';

/** A column of the file: its place, its header as written, and the item it stands for (null: an extra column). */
export type HeaderColumn = {
  /** From 0. */
  readonly index: number;
  readonly title: string;
  readonly key: string | null;
};

/** Columns of earlier report workbooks; they are dropped when such a file comes back. */
export const REPORT_COLUMNS = ['问题说明', '如何更正', '提示'] as const;
const REPORT_KEYS: ReadonlySet<string> = new Set(REPORT_COLUMNS);

/** True for a column that a report has added. */
export const isReportColumn = (title: string): boolean => REPORT_KEYS.has(plainLabel(title));

/** Headers matched to the items of the form; `repeated` names items that several columns claim. */
export type HeaderMatch = {
  readonly columns: readonly HeaderColumn[];
  readonly matched: ReadonlySet<string>;
  readonly repeated: readonly { item: F1Item; indexes: readonly number[] }[];
};

/** A longer text is no header. */
const MAX_TITLE = 200;
const BLOCK_ORDER: readonly ItemBlock[] = ['STUDENT', 'GUARDIAN_ONE', 'GUARDIAN_TWO'];
/** Labels that open a block: what follows belongs to the same person. */
const OPENS_BLOCK = /(?:^|\.)(?:name|relation|isLegalGuardian)$/;

const BY_LABEL: ReadonlyMap<string, readonly F1Item[]> = itemsByLabel();

function itemsByLabel(): Map<string, F1Item[]> {
  const byLabel = new Map<string, F1Item[]>();
  for (const item of ALL_ITEMS) {
    for (const label of item.labels) {
      const key = plainLabel(label);
      byLabel.set(key, [...(byLabel.get(key) ?? []), item]);
    }
  }
  return byLabel;
}

/**
 * Matches header cells to items: by the block a header names itself (成员一姓名), by the heading above it
 * (`groups`, the text that covers each column, '' for none), by its number, and else by position - a label that
 * comes again belongs to the next block.
 */
export function matchHeader(titles: readonly string[], groups: readonly string[] = []): HeaderMatch {
  const columns: HeaderColumn[] = [];
  const taken = new Map<string, number[]>();
  let position = 0;
  for (const [index, title] of titles.entries()) {
    const item =
      title.trim() === '' || title.length > MAX_TITLE
        ? null
        : itemFor(title, groups[index] ?? '', position, taken);
    if (item === null) {
      columns.push({ index, title, key: null });
      continue;
    }
    const places = taken.get(item.key) ?? [];
    taken.set(item.key, [...places, index]);
    columns.push({ index, title, key: places.length === 0 ? item.key : null });
    if (OPENS_BLOCK.test(item.key)) position = Math.max(position, BLOCK_ORDER.indexOf(item.block));
  }
  const repeated = ALL_ITEMS.flatMap((item) => {
    const indexes = taken.get(item.key) ?? [];
    return indexes.length > 1 ? [{ item, indexes }] : [];
  });
  return { columns, matched: new Set(taken.keys()), repeated };
}

function itemFor(
  title: string,
  group: string,
  position: number,
  taken: ReadonlyMap<string, readonly number[]>,
): F1Item | null {
  const whole = BY_LABEL.get(plainLabel(title)) ?? [];
  const { number, block, bare } = headerLabel(title);
  const candidates = whole.length > 0 ? whole : candidatesOf(bare);
  if (candidates.length === 0) return null;
  const numbered = candidates.find((item) => item.number !== null && item.number === number);
  if (numbered !== undefined) return numbered;
  const named = whole.length > 0 ? null : block;
  const wanted = named ?? blockOfGroupHeading(group);
  const inBlock = wanted === null ? candidates : candidates.filter((item) => isIn(item, wanted));
  const possible = inBlock.length > 0 || named !== null ? inBlock : candidates;
  const free = possible.filter((item) => !taken.has(item.key));
  const ofPupil =
    position === 0 && wanted === null ? free.find((item) => item.block === 'FURTHER') : undefined;
  const next = free.find((item) => BLOCK_ORDER.indexOf(item.block) >= position);
  return ofPupil ?? next ?? free[0] ?? possible[0] ?? null;
}

/** `学生姓名` is 姓名 of the student's block. */
function candidatesOf(bare: string): readonly F1Item[] {
  const direct = BY_LABEL.get(bare);
  if (direct !== undefined) return direct;
  if (!bare.startsWith('学生')) return [];
  return (BY_LABEL.get(bare.slice('学生'.length)) ?? []).filter((item) => item.block === 'STUDENT');
}

function isIn(item: F1Item, block: NamedBlock): boolean {
  if (block === 'GUARDIAN') return item.block === 'GUARDIAN_ONE' || item.block === 'GUARDIAN_TWO';
  return item.block === block;
}
