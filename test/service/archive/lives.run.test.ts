import fc from 'fast-check';
import { holds } from '#test/support/rules.ts';
import {
  accepted,
  copied,
  copiesOf,
  type FileCard,
  newCard,
  succeeded,
  wantedAt,
} from './lives/file-card.ts';
import { type Child, type LifeWorld, type Site, startLifeWorld } from './lives/life-world.ts';

const isLong = process.env.TEST_SIZE === 'long';
const runs = isLong ? 40 : 4;
const length = isLong ? 40 : 18;

type Step =
  | { does: 'TRANSFER' | 'GOING_ON'; child: number; to: number }
  | { does: 'ABROAD' | 'RETURN' | 'PASS_ON' | 'ACCEPT' | 'SEND_BACK' | 'AWARD' | 'MARK'; child: number }
  | { does: 'MERGE'; from: number; into: number }
  | { does: 'CLOSE'; from: number; keeper: number | null };

const child = fc.nat({ max: 2 });
const school = fc.nat({ max: 5 });
const move = (does: 'TRANSFER' | 'GOING_ON') => fc.record({ does: fc.constant(does), child, to: school });
const single = (...kinds: ('ABROAD' | 'RETURN' | 'PASS_ON' | 'ACCEPT' | 'SEND_BACK' | 'AWARD' | 'MARK')[]) =>
  fc.record({ does: fc.constantFrom(...kinds), child });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: move('TRANSFER') },
  { weight: 1, arbitrary: move('GOING_ON') },
  { weight: 4, arbitrary: single('PASS_ON') },
  { weight: 4, arbitrary: single('ACCEPT') },
  { weight: 5, arbitrary: single('ABROAD', 'RETURN', 'SEND_BACK', 'AWARD', 'MARK') },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('MERGE' as const), from: school, into: school }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('CLOSE' as const), from: school, keeper: fc.option(school) }),
  },
);

type Life = {
  child: Child;
  card: FileCard;
  at: Site;
  away: boolean;
  days: { day: string; school: string; keeper: string; entries: number }[];
};

/** A few children and schools of one run, and what a clerk would know of them. */
class Town {
  readonly world: LifeWorld;
  readonly sites: Site[];
  readonly lives: Life[];
  readonly gone = new Set<string>();
  readonly closing = new Map<string, string>();

  constructor(world: LifeWorld, sites: Site[], lives: Life[]) {
    this.world = world;
    this.sites = sites;
    this.lives = lives;
  }
  isOpen({ code }: Site): boolean {
    return !this.gone.has(code) && !this.closing.has(code);
  }
  ends(unit: string, into: string): void {
    for (const { card } of this.lives) succeeded(card, unit, into);
    this.gone.add(unit);
  }
  /** Schools that wait for their last pupil end with it. */
  settles(): void {
    for (const [unit, into] of this.closing) {
      if (this.lives.some(({ at }) => at.code === unit)) continue;
      this.closing.delete(unit);
      this.ends(unit, into);
    }
  }
  async takes(step: Step): Promise<void> {
    if (step.does === 'MERGE') await this.merges(step.from, step.into);
    else if (step.does === 'CLOSE') await this.closes(step.from, step.keeper);
    else await this.follows(step);
    for (const { card } of this.lives) copied(card);
    await this.world.atRest();
    this.settles();
    for (const { card } of this.lives) copied(card);
  }
  async merges(a: number, b: number): Promise<void> {
    const [from, into] = [this.sites[a], this.sites[b]];
    if (!from || !into || from === into || !this.isOpen(from) || !this.isOpen(into)) return;
    if ([...this.closing.values()].includes(from.code)) return;
    const there = this.lives.filter(({ at }) => at === from);
    await this.world.merges(
      there.map(({ child: each }) => each),
      from,
      into,
    );
    for (const life of there) life.at = into;
    this.ends(from.code, into.code);
  }
  async closes(a: number, b: number | null): Promise<void> {
    const from = this.sites[a];
    const named = b === null ? undefined : this.sites[b];
    if (!from || !this.isOpen(from) || [...this.closing.values()].includes(from.code)) return;
    const isFit = named && named !== from && this.isOpen(named) && named.authority === from.authority;
    const into = isFit ? named.code : from.authority;
    await this.world.closes(from, isFit ? named.code : null);
    this.closing.set(from.code, into);
  }
  async follows(step: Exclude<Step, { does: 'MERGE' | 'CLOSE' }>): Promise<void> {
    const life = this.lives[step.child];
    if (life === undefined) return;
    const { card, child: who, at, away } = life;
    switch (step.does) {
      case 'TRANSFER':
      case 'GOING_ON': {
        const to = this.sites[step.to];
        if (!to || to === at || !this.isOpen(to)) return;
        await this.world.handsOver(who, at, to, step.does);
        card.entries.push(step.does === 'TRANSFER' ? 'TRANSFERRED' : 'WENT_ON');
        wantedAt(card, to.code);
        life.at = to;
        life.away = false;
        return;
      }
      case 'ABROAD':
        if (away) return;
        await this.world.leavesTheCountry(who, at);
        card.entries.push('WENT_ABROAD');
        wantedAt(card, at.authority);
        life.away = true;
        return;
      case 'RETURN':
        if (!away) return;
        await this.world.comesBack(who, at);
        card.entries.push('RETURNED');
        wantedAt(card, at.code);
        life.away = false;
        return;
      case 'PASS_ON': {
        const said = await this.world.step(card.keeper, 'handOverArchive', who);
        const may = card.wanted !== null && !card.onItsWay;
        expect(said).toEqual(may ? [] : ['NOTHING_TO_HAND_OVER']);
        if (may) card.onItsWay = true;
        return;
      }
      case 'ACCEPT':
        if (card.wanted === null) return;
        expect(await this.world.step(card.wanted, 'acceptArchive', who)).toEqual(
          card.onItsWay ? [] : ['NOTHING_TO_ACCEPT'],
        );
        accepted(card);
        return;
      case 'SEND_BACK':
        if (card.wanted === null || !card.onItsWay) return;
        expect(await this.world.step(card.wanted, 'sendBackArchive', who)).toEqual([]);
        card.onItsWay = false;
        return;
      case 'AWARD':
        if (card.keeper.length !== 10) return;
        expect(await this.world.award(card.keeper, who)).toEqual([]);
        card.entries.push('AWARD');
        return;
      case 'MARK':
        await this.world.isMarked(who, at);
    }
  }
  /** The archive says of every file what the card says. */
  async agrees(): Promise<void> {
    const found = await this.world.filed(this.lives.map(({ child: each }) => each));
    for (const { child: who, card } of this.lives) {
      const file = found.find(({ person }) => person === who.person);
      expect(file && { ...file, copies: [...file.copies].sort() }).toEqual({
        ...{ person: who.person, custodian: card.keeper, wanted: card.wanted, onItsWay: card.onItsWay },
        ...{ copies: copiesOf(card), entries: card.entries.length },
      });
    }
  }
  endsDay(): void {
    const { clock } = this.world.network;
    for (const { days, at, card } of this.lives) {
      days.push({ day: clock.today(), school: at.code, keeper: card.keeper, entries: card.entries.length });
    }
    clock.moveTo(new Date(Date.parse(clock.now()) + 86_400_000).toISOString());
  }
}

/** A student's file through everything that can happen to it, in any order. */
describe('the files of children through random lives', () => {
  let world: LifeWorld;

  beforeAll(async () => {
    world = await startLifeWorld();
  });
  afterAll(() => world?.network.stop());

  const newTown = async (): Promise<Town> => {
    const sites: Site[] = [];
    for (let nth = 0; nth < 6; nth++) sites.push(await world.newSchool());
    const lives: Life[] = [];
    for (const at of sites.slice(0, 3)) {
      lives.push({ child: await world.registers(at), card: newCard(at.code), at, away: false, days: [] });
    }
    return new Town(world, sites, lives);
  };

  /** At the end of a life: nothing lost, nothing altered, copies whole, and every day as it was. */
  const isWhole = async ({ child: who, card, days }: Life): Promise<void> => {
    const whole = await world.seen(card.keeper, who, days.at(-1)?.day ?? world.network.clock.today());
    const held = whole.studentArchive.sections.flatMap(({ entries }) => entries);
    expect(held.map(({ change, kind }) => change ?? kind).sort()).toEqual([...card.entries].sort());
    expect(whole.studentArchive.intact).toBe(true);
    const stored = await world.copies(who);
    const due = [...card.stored].map(([unit, entries]) => ({ unit, entries, held: entries }));
    const byUnit = (a: { unit: string }, b: { unit: string }) => a.unit.localeCompare(b.unit);
    expect(stored.toSorted(byUnit)).toEqual(due.toSorted(byUnit));
    for (const { day, school: there, keeper, entries } of days) {
      const [record] = (await world.seen(card.keeper, who, day))._entities;
      expect(record?.recordAsOf).toMatchObject({ school: { id: there }, custodian: { code: keeper } });
      expect(record?.recordAsOf.entries).toHaveLength(entries);
    }
  };

  /** A life with everything in it: sure to be lived through, whatever chance adds. */
  const full: Step[] = [
    { does: 'TRANSFER', child: 0, to: 1 },
    { does: 'AWARD', child: 0 },
    { does: 'PASS_ON', child: 0 },
    { does: 'AWARD', child: 0 },
    { does: 'SEND_BACK', child: 0 },
    { does: 'PASS_ON', child: 0 },
    { does: 'MERGE', from: 1, into: 3 },
    { does: 'ACCEPT', child: 0 },
    { does: 'MARK', child: 0 },
    { does: 'GOING_ON', child: 0, to: 4 },
    { does: 'PASS_ON', child: 0 },
    { does: 'ACCEPT', child: 0 },
    { does: 'ABROAD', child: 0 },
    { does: 'PASS_ON', child: 0 },
    { does: 'ACCEPT', child: 0 },
    { does: 'RETURN', child: 0 },
    { does: 'PASS_ON', child: 0 },
    { does: 'ACCEPT', child: 0 },
    { does: 'CLOSE', from: 2, keeper: 4 },
    { does: 'TRANSFER', child: 2, to: 5 },
    { does: 'CLOSE', from: 4, keeper: null },
    { does: 'TRANSFER', child: 0, to: 5 },
    { does: 'PASS_ON', child: 0 },
    { does: 'PASS_ON', child: 2 },
    { does: 'ACCEPT', child: 2 },
    { does: 'TRANSFER', child: 1, to: 0 },
    { does: 'PASS_ON', child: 1 },
    { does: 'MERGE', from: 3, into: 5 },
    { does: 'ACCEPT', child: 1 },
    { does: 'MERGE', from: 5, into: 0 },
    { does: 'ACCEPT', child: 0 },
  ];

  const livesThrough = (steps: fc.Arbitrary<Step[]>, count: number) =>
    fc.assert(
      fc.asyncProperty(steps, async (life) => {
        const town = await newTown();
        for (const step of life) {
          await town.takes(step);
          await town.agrees();
          town.endsDay();
        }
        await world.network.settled();
        for (const each of town.lives) await isWhole(each);
      }),
      { numRuns: count, endOnFailure: true, seed: 2026, includeErrorInReport: true, examples: [[full]] },
    );

  test(
    holds('ARC-08', 'has one custodian at every moment, the one that a card kept by hand names'),
    () => livesThrough(fc.array(anyStep, { minLength: length, maxLength: length }), runs),
    isLong ? 3_000_000 : 120_000,
  );
});
