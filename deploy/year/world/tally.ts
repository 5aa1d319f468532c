/** A finding as the graph tells it. */
export type Told = {
  ruleId: string | null;
  outcome: string;
  code: string;
  basis: readonly { document: string; article: string }[];
};

export type Refusal = { rule: string; code: string; article: string; count: number };
export type MonthFigures = { month: string; acts: Record<string, number>; students: number };

const most = 500;

/** What the year counts; independent of the order in which things are told within a month. */
export class Tally {
  readonly #acts = new Map<string, Map<string, number>>();
  readonly #refusals = new Map<string, Refusal>();
  readonly #violations = new Set<string>();
  readonly #students = new Map<string, number>();
  #month = '';
  #done = 0;

  begin(month: string): void {
    this.#month = month;
    this.#acts.set(month, new Map());
  }

  /** Acts so far, of every kind. */
  get done(): number {
    return this.#done;
  }

  act(kind: string, count = 1): void {
    if (count === 0) return;
    this.#done += count;
    const acts = this.#acts.get(this.#month);
    acts?.set(kind, (acts.get(kind) ?? 0) + count);
  }

  refused({ ruleId, code, basis }: Told, count = 1): void {
    const [first] = basis;
    const article = first === undefined ? '' : `${first.document} ${first.article}`;
    const rule = ruleId ?? '';
    const name = `${rule}|${code}|${article}`;
    const known = this.#refusals.get(name) ?? { rule, code, article, count: 0 };
    this.#refusals.set(name, { ...known, count: known.count + count });
  }

  /** Something that must not be. The same words in one month are told once. */
  violated(sentence: string): void {
    if (this.#violations.size < most) this.#violations.add(`${this.#month}: ${sentence}`);
  }

  students(count: number): void {
    this.#students.set(this.#month, count);
  }

  months(): MonthFigures[] {
    return [...this.#acts].map(([month, acts]) => ({
      month,
      acts: Object.fromEntries([...acts].sort(([a], [b]) => (a < b ? -1 : 1))),
      students: this.#students.get(month) ?? 0,
    }));
  }

  refusals(): Refusal[] {
    return [...this.#refusals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, refusal]) => refusal);
  }

  violations(): string[] {
    return [...this.#violations].sort();
  }
}
