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
  readonly #onViolation: (sentence: string) => void;
  #month = '';
  #done = 0;

  /** `onViolation` is told of each violation as it is found. */
  constructor(onViolation: (sentence: string) => void = () => undefined) {
    this.#onViolation = onViolation;
  }

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

  /** How often something was done in the whole year so far. */
  countOf(kind: string): number {
    return [...this.#acts.values()].reduce((sum, acts) => sum + (acts.get(kind) ?? 0), 0);
  }

  /** How often something was refused so far. */
  refusalsOf(code: string): number {
    return [...this.#refusals.values()].reduce((sum, each) => sum + (each.code === code ? each.count : 0), 0);
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
    const told = `${this.#month}: ${sentence}`;
    if (this.#violations.size >= most || this.#violations.has(told)) return;
    this.#violations.add(told);
    this.#onViolation(told);
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
