import { setTimeout } from 'node:timers/promises';
import { type Random, randomOf } from '#deploy/demo/random.ts';
import type { IsoDate } from '#libs/law/dates.ts';
import type { School } from '#services/organization/school/school.ts';
import type { Newcomers } from '../province/newcomers.ts';
import type { ProvincePlan } from '../province/plan.ts';
import type { YearRegistry } from '../registry.ts';
import type { CaseNotes } from './case-notes.ts';
import type { Desk } from './desks.ts';
import type { Answer, Graph } from './graph.ts';
import type { IdentityNotes } from './identity-notes.ts';
import { provinceOf } from './province-of.ts';
import type { Pupil, Roster } from './roster.ts';
import type { Tally, Told } from './tally.ts';

/** One mutation of the graph, and what the one who sends it makes of a refusal. */
export type Order = {
  as: Desk;
  /** Name of the mutation. */
  does: string;
  /** Type of its input. */
  type: string;
  input: Record<string, unknown>;
  /** Fields of the payload beside the findings. */
  gives: string;
  /** Codes of a refusal that must come: somebody tries what is not allowed. */
  expects?: readonly string[];
  /** Codes of a refusal that may come. */
  allows?: readonly string[];
  /** What it is counted as, where that is not the mutation; null where the caller counts. */
  countsAs?: string | null;
  /** The answer holds something that is made anew each time, as an address for a file: it is not sent twice. */
  isVolatile?: boolean;
};

export type Registration = { id: string; version: number; status: string; grade: number };

/** What all actors share. */
export type Shared = {
  plan: ProvincePlan;
  registry: YearRegistry;
  graph: Graph;
  roster: Roster;
  tally: Tally;
  cases: CaseNotes;
  /** What was acknowledged of who children are. */
  identity: IdentityNotes;
  newcomers: Newcomers;
  /** Schools that have ended, and the ones in which they go on. */
  successors: Map<string, string>;
  /** What actors remember from one day to another, by name of the actor. */
  memory: Map<string, unknown>;
  /** Days on which actors act, in order. */
  days: readonly IsoDate[];
};

/** Findings as every payload selects them. */
export const told = 'findings { ruleId outcome code basis { document article } }';

/** Schools that act side by side: nothing of what they do depends on the order. */
const SIDE_BY_SIDE = 8;
/** How often somebody asks a service that does not answer. */
const ATTEMPTS = 8;
/** In so many of a hundred orders the answer is lost on its way, and the order is sent once more. */
const LOST_ANSWERS = 0.02;
const BEIGUAN = '410503';

/** The year as one actor meets it. */
export class World {
  readonly shared: Shared;
  readonly actor: string;
  readonly today: IsoDate;
  #orders = 0;

  constructor(shared: Shared, actor: string, today: IsoDate) {
    this.shared = shared;
    this.actor = actor;
    this.today = today;
  }

  get roster(): Roster {
    return this.shared.roster;
  }

  get tally(): Tally {
    return this.shared.tally;
  }

  get cases(): CaseNotes {
    return this.shared.cases;
  }

  /** True at a school or unit where the rules of Shanxi are in force (10 February 2026 on); before, and elsewhere, the national ones. */
  isShanxiLaw(place: string, on = this.today): boolean {
    return provinceOf(place) === '14' && on >= '2026-02-10';
  }

  /** Schools with a stage that have not ended, in the order of their codes; all of them without one. */
  schools(stage?: string): School[] {
    const { plan, successors } = this.shared;
    const schools = plan.schools.filter(({ code }) => !successors.has(code));
    return stage === undefined
      ? schools
      : schools.filter((each) => each.stages.some((span) => span.stage === stage));
  }

  /** A school by its code, ended or not. */
  schoolOf(code: string): School | undefined {
    return this.shared.plan.schools.find((school) => school.code === code);
  }

  /** True at a school of the district of Beiguan in Anyang, whose schools have rules of their own. */
  isBeiguan(code: string): boolean {
    return this.schoolOf(code)?.unit === BEIGUAN;
  }

  /** The school that answers for a school's pupils now: itself while it has not ended. */
  standing(school: string): string {
    return this.shared.successors.get(school) ?? school;
  }

  /** A stream of chances of its own for this actor, this day and a key: whatever happens elsewhere does not move it. */
  random(...key: (string | number)[]): Random {
    return randomOf(this.shared.plan.seed, this.actor, this.today, ...key);
  }

  /** A stream that is the same on every day: what somebody is like. */
  fate(...key: (string | number)[]): Random {
    return randomOf(this.shared.plan.seed, this.actor, 'fate', ...key);
  }

  /** What this actor remembers; made at the first look. */
  memory<T>(first: () => T): T {
    const known = this.shared.memory.get(this.actor) as T | undefined;
    if (known !== undefined) return known;
    const made = first();
    this.shared.memory.set(this.actor, made);
    return made;
  }

  /** Asks the graph; a fault is a violation and gives null. */
  async read<Data>(
    who: Desk,
    document: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data | null> {
    const { data, faults } = await this.#ask<Data>(who, document, variables);
    for (const { code, problems } of faults)
      this.#unexpected('error', [code, ...problems].join(' '), 'reading');
    return faults.length > 0 ? null : data;
  }

  /** Gives an order; the payload, or null where it was refused. Who is refused without expecting it is a violation. */
  async order<Payload>(order: Order): Promise<Payload | null> {
    const variables = { input: { idempotencyKey: this.#key(order), ...order.input } };
    const document = `mutation ($input: ${order.type}!) { payload: ${order.does}(input: $input) { ${order.gives} ${told} } }`;
    const answer = await this.#ask<{ payload: Payload & { findings: Told[] } }>(
      order.as,
      document,
      variables,
    );
    await this.#perhapsAgain(order, document, variables, answer);
    const expected = [...(order.expects ?? []), ...(order.allows ?? [])];
    const payload = answer.data?.payload;
    if (answer.faults.length > 0 || payload === undefined) {
      for (const { code, problems } of answer.faults)
        if (expected.includes(code)) this.tally.refused({ ruleId: null, outcome: 'REJECT', code, basis: [] });
        else this.#unexpected('error', [code, ...problems].join(' '), order.does);
      return null;
    }
    const refused = this.weigh(payload.findings, expected, order.does);
    if (refused) return null;
    if ((order.expects ?? []).length > 0)
      this.tally.violated(`${order.expects?.join(' or ')} did not come from ${order.does} at ${this.actor}`);
    if (order.countsAs !== null) this.tally.act(order.countsAs ?? order.does);
    return payload;
  }

  /** Counts what a list of findings refuses; true where it refuses anything. */
  weigh(findings: readonly Told[], expected: readonly string[], what: string): boolean {
    const refusing = findings.filter(({ outcome }) => outcome === 'REJECT');
    for (const each of refusing) this.tally.refused(each);
    const isExpected = refusing.some(({ code }) => expected.includes(code));
    if (!isExpected) for (const { code } of refusing) this.#unexpected('refusal', code, what);
    return refusing.length > 0;
  }

  /** What stands of a pupil now, as somebody of the pupil's school sees it. */
  async registrationOf(who: Desk, { person }: Pick<Pupil, 'person'>): Promise<Registration | null> {
    const found = await this.read<{ student: { enrollment: Registration | null } }>(
      who,
      'query ($id: ID!) { student(id: $id) { enrollment { id version status grade } } }',
      { id: person },
    );
    return found?.student.enrollment ?? null;
  }

  /** Does the work for each, some side by side; for work of which the order does not matter. */
  async each<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
    const waiting = [...all];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
    };
    await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, all.length) }, worker));
  }

  /** Waits until the workers of enrollment have done what was asked of them, imports among it. */
  workersIdle(): Promise<void> {
    return this.shared.registry.service('enrollment').atRest();
  }

  /** Waits until everything that was done has taken effect everywhere. */
  rest(): Promise<void> {
    return this.shared.registry.rest();
  }

  #key({ does, as }: Order): string {
    return `${this.actor}/${this.today}/${as.sub}/${does}/${this.#orders++}`.slice(-100);
  }

  /** Whoever hears that a service does not answer sends the same request again: what is known of its outcome is nothing. */
  async #ask<Data>(who: Desk, document: string, variables: Record<string, unknown>): Promise<Answer<Data>> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.shared.graph.ask<Data>(who, document, variables);
      const isOut = answer.faults.some(({ code }) => code === 'SERVICE_UNAVAILABLE');
      if (!isOut || attempt === ATTEMPTS) return answer;
      await setTimeout(attempt * 500);
    }
  }

  #unexpected(what: 'error' | 'refusal', code: string, doing: string): void {
    this.tally.violated(`unexpected ${what} ${code} at actor ${this.actor} (${doing})`);
  }

  async #perhapsAgain(
    order: Order,
    document: string,
    variables: Record<string, unknown>,
    first: Answer<unknown>,
  ) {
    const isLost = this.random('lost', JSON.stringify(order.input)).chance(LOST_ANSWERS);
    if (!isLost || order.isVolatile === true || first.faults.length > 0) return;
    const again = await this.shared.graph.ask(order.as, document, variables);
    if (JSON.stringify(again) !== JSON.stringify(first))
      this.tally.violated(
        `${order.does} sent again under its key was answered otherwise at actor ${this.actor}`,
      );
  }
}
