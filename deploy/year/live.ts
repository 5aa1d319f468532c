import { readdir } from 'node:fs/promises';
import type { IsoDate } from '#libs/law/dates.ts';
import type { Actor } from './actor.ts';
import { lastDayOf, monthsOfYear } from './days.ts';
import { examine } from './invariants/examine.ts';
import { overdueSteps } from './overdue.ts';
import { drawNewcomers } from './province/newcomers.ts';
import { type ProvinceOrder, planProvince } from './province/plan.ts';
import { loadStock } from './province/stock.ts';
import type { YearRegistry } from './registry.ts';
import type { Report } from './report.ts';
import { CaseNotes } from './world/case-notes.ts';
import { graphAt } from './world/graph.ts';
import { IdentityNotes } from './world/identity-notes.ts';
import { Roster } from './world/roster.ts';
import { Tally } from './world/tally.ts';
import { type Shared, World } from './world/world.ts';

/** The autumn in which the year begins. */
export const SCHOOL_YEAR = 2025;
/** Business time at which the stock is taken over: the evening before. */
export const YEAR_BEGINS = '2025-08-31T18:00:00+08:00';

export type YearOrder = ProvinceOrder & {
  /** Months to live; the whole year by default. */
  months?: number;
  /** Told of a step, and of how far it is. */
  onProgress(step: string, done: number, total: number): void;
  /** Told what something took: an actor's day, the rest after it, an examination. */
  onSpent?(what: string, spent: Spent): void;
  /** Told of a violation as it is found, for a year that may not come to its end. */
  onViolation?(sentence: string): void;
  /** Aborted when the year is given up: it ends before the next actor. */
  signal?: AbortSignal;
  /** Called before the invariants of a month are checked; for who wants to break one. */
  beforeExamination?(month: string): Promise<void>;
};

/** Every actor: the files of actors/, by the time of day and then by name. */
export const loadActors = async (): Promise<Actor[]> => {
  const folder = new URL('./actors/', import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const actors = await Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { actor: Actor }).actor),
  );
  return actors.sort((a, b) => (`${a.at} ${a.name}` < `${b.at} ${b.name}` ? -1 : 1));
};

/** Milliseconds by the clock on the wall, and of this process's processor time. */
export type Spent = { took: number; processor: number };

type Spend = <T>(what: string, work: () => Promise<T>) => Promise<T>;

const spendingOf =
  ({ onSpent }: YearOrder): Spend =>
  async (what, work) => {
    const began = performance.now();
    const before = process.cpuUsage();
    try {
      return await work();
    } finally {
      const { user, system } = process.cpuUsage(before);
      onSpent?.(what, { took: performance.now() - began, processor: (user + system) / 1000 });
    }
  };

/** Lives the year in an empty registry and reports what came of it. Equal orders give equal reports. */
export const liveYear = async (registry: YearRegistry, order: YearOrder): Promise<Report> => {
  const months = monthsOfYear(order.months);
  const plan = planProvince(order, SCHOOL_YEAR);
  const roster = new Roster();
  const tally = new Tally(order.onViolation);
  const shared: Shared = {
    plan,
    registry,
    roster,
    tally,
    graph: graphAt(registry.graphUrl, registry.tokenFor),
    cases: new CaseNotes(),
    identity: new IdentityNotes(),
    newcomers: drawNewcomers(plan),
    successors: new Map(),
    memory: new Map(),
    days: months.flatMap(({ days }) => days),
  };
  const spend = spendingOf(order);
  await spend('stock', () =>
    loadStock(registry, plan, roster, (done) => order.onProgress('stock', done, order.students)),
  );
  order.signal?.throwIfAborted();
  const actors = await loadActors();
  for (const { month, days } of months) {
    tally.begin(month);
    for (const day of days) {
      order.onProgress('year', shared.days.indexOf(day), shared.days.length);
      await liveDay(shared, actors, day, spend, order.signal);
    }
    registry.clock.moveTo(`${lastDayOf(month)}T23:00:00+08:00`);
    await spend('rest', registry.rest);
    await order.beforeExamination?.(month);
    await examine(new World(shared, 'examiner', lastDayOf(month)), spend);
  }
  order.onProgress('year', shared.days.length, shared.days.length);
  return {
    students: roster.all().filter(({ status }) => status === 'IN_SCHOOL').length,
    months: tally.months(),
    refusals: tally.refusals(),
    overdue: await overdueSteps(registry),
    violations: tally.violations(),
  };
};

const liveDay = async (
  shared: Shared,
  actors: readonly Actor[],
  day: IsoDate,
  spend: Spend,
  signal: AbortSignal | undefined,
): Promise<void> => {
  const { registry, graph, tally } = shared;
  let heardAt = graph.sent();
  registry.clock.moveTo(`${day}T00:30:00+08:00`);
  await spend('rest', registry.rest);
  for (const actor of actors) {
    signal?.throwIfAborted();
    const instant = `${day}T${actor.at}:00+08:00`;
    if (Date.parse(registry.clock.now()) < Date.parse(instant)) registry.clock.moveTo(instant);
    if (graph.sent() !== heardAt) await spend('settling', registry.settled);
    heardAt = graph.sent();
    const world = new World(shared, actor.name, day);
    try {
      await spend(actor.name, () => actor.act(day, world));
    } catch (error) {
      tally.violated(`actor ${actor.name} broke off: ${(error as Error).message}`);
    }
  }
};
