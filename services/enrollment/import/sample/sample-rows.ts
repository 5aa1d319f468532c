import { MISTAKES, type Mistake } from './bad-rows.ts';
import { goodRow, type SampleCells } from './good-row.ts';
import { Random } from './random.ts';
import { ResidentNumbers } from './sample-person.ts';

export type SampleOrder = {
  /** Rows in all, bad ones included. */
  readonly rows: number;
  /** How many of them are bad; beyond the number of kinds they come round again. */
  readonly bad: number;
  readonly seed: number;
  /** Calendar year of entry: pupils are six by its 31 August. */
  readonly entryYear: number;
};

export type SampleRow = { readonly cells: SampleCells; readonly mistake: Mistake | null };

/** Rows of a sample, bad ones spread evenly among good ones; the first is always good. */
export function* sampleRows(order: SampleOrder): Generator<SampleRow> {
  const source = { random: new Random(order.seed), numbers: new ResidentNumbers() };
  const bad = Math.min(order.bad, Math.max(0, order.rows - 1));
  let made = 0;
  let spoilt: SampleCells | undefined;
  for (let index = 0; index < order.rows; index += 1) {
    const cells = goodRow(source, index, order.entryYear);
    const isDue = index > 0 && Math.floor((index * bad) / Math.max(1, order.rows - 1)) > made;
    const mistake = isDue ? (MISTAKES[made % MISTAKES.length] ?? null) : null;
    yield { cells: mistake === null ? cells : mistake.apply(cells, spoilt), mistake };
    if (mistake === null) continue;
    made += 1;
    spoilt = cells;
  }
}
