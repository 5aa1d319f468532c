import { isInForce } from '#libs/law/finding.ts';
import type { RuleId } from '#libs/law/rule-id.ts';
import type { Fault, ProblemPlace } from '../problems/row-problem.ts';
import type { F1Item } from './item.ts';
import { itemOf } from './items.ts';
import type { ReadingContext } from './parse-context.ts';

/** A fault at its place. */
export type Noted = { readonly place: ProblemPlace; readonly fault: Fault };

/** A form while it is being read: the values understood so far and everything found wrong or doubtful. */
export class FormDraft {
  readonly #context: ReadingContext;
  readonly #problems: Noted[] = [];
  readonly #warnings: Noted[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #unreadable = new Set<string>();
  readonly #refused = new Set<string>();

  constructor(context: ReadingContext) {
    this.#context = context;
  }

  /** What is wrong, in the order of the form; the form as a whole comes last. */
  get problems(): readonly Noted[] {
    const orderOf = ({ place }: Noted) => place.number ?? Number.MAX_SAFE_INTEGER;
    return this.#problems.toSorted((a, b) => orderOf(a) - orderOf(b));
  }

  /** What is doubtful and does not stop the form. */
  get warnings(): readonly Noted[] {
    return this.#warnings;
  }

  /** The value of an item; undefined when it is empty or could not be read. */
  value(key: string): unknown {
    return this.#values.get(key);
  }

  text(key: string): string | undefined {
    const value = this.#values.get(key);
    return typeof value === 'string' ? value : undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.#values.get(key);
    return typeof value === 'boolean' ? value : undefined;
  }

  /** True when nothing stands there, not even something unreadable. */
  isEmpty(key: string): boolean {
    return !this.#values.has(key) && !this.#unreadable.has(key);
  }

  /** True for an item whose content is refused: whatever else could be said of it would only repeat that. */
  isRefused(key: string): boolean {
    return this.#refused.has(key);
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value);
  }

  /** The content cannot be read. */
  refuse(item: F1Item, fault: Fault): void {
    this.#unreadable.add(item.key);
    this.refuseAt(item.key, fault);
  }

  /** The content can be read and cannot be right. */
  refuseAt(key: string, fault: Fault): void {
    this.#refused.add(key);
    this.note(itemOf(key), fault);
  }

  /** A problem of the row among others, or as a whole: it says nothing about the content of an item. */
  note(place: ProblemPlace, fault: Fault): void {
    this.#problems.push({ place, fault: this.#cited(place, fault) });
  }

  warnAt(key: string, fault: Fault): void {
    const place = itemOf(key);
    this.#warnings.push({ place, fault: this.#cited(place, fault) });
  }

  /** A fault cites a rule only where and while it is in force; the rules speak of the pupil's data, not the family's. */
  #cited(place: ProblemPlace, fault: Fault): Fault {
    const { on, place: lawPlace } = this.#context;
    const holds = (ruleId: RuleId) => !place.key.startsWith('guardians.') && isInForce(ruleId, on, lawPlace);
    return fault.ruleId === null || holds(fault.ruleId) ? fault : { ...fault, ruleId: null };
  }
}
