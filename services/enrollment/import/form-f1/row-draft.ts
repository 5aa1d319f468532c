import { type Fault, type ProblemPlace, type RowProblem, rowProblem } from '../problems/row-problem.ts';
import type { F1Item } from './item.ts';
import { itemOf } from './items.ts';

/** A row while it is being read: the values understood so far and everything found wrong or doubtful. */
export class RowDraft {
  readonly problems: RowProblem[] = [];
  readonly warnings: RowProblem[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #faulty = new Set<string>();

  /** The value of an item; undefined when it is empty or could not be read. */
  value(key: string): unknown {
    return this.#values.get(key);
  }

  text(key: string): string | undefined {
    const value = this.#values.get(key);
    return typeof value === 'string' ? value : undefined;
  }

  /** True when nothing stands in the cell, not even something unreadable. */
  isEmpty(key: string): boolean {
    return !this.#values.has(key) && !this.#faulty.has(key);
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
  }

  refuse(item: F1Item, fault: Fault): void {
    this.#faulty.add(item.key);
    this.problems.push(rowProblem(item, fault));
  }

  refuseAt(place: ProblemPlace | string, fault: Fault): void {
    this.problems.push(rowProblem(typeof place === 'string' ? itemOf(place) : place, fault));
  }

  warnAt(place: ProblemPlace | string, fault: Fault): void {
    this.warnings.push(rowProblem(typeof place === 'string' ? itemOf(place) : place, fault));
  }
}
