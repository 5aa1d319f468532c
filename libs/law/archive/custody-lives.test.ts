import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { type Custodian, type Custody, type CustodyEvent, custodyAfter, openedAt } from './custody.ts';

/** As many lives in a long run as a town has children, in an ordinary one as a school has. */
const lives = process.env.TEST_SIZE === 'long' ? 100_000 : 1_000;
const steps = 40;

const schools = ['A', 'B', 'C', 'D', 'E'];
const authorities = ['X', 'Y'];
const school = (code: string): Custodian => ({ kind: 'SCHOOL', code });
const authority = (code: string): Custodian => ({ kind: 'AUTHORITY', code });

/** A step of a life as people tell of it: where the student goes, what units do, which units end. */
type Step =
  | { does: 'MOVE'; to: Custodian }
  | { does: 'PASS_ON' | 'ACCEPT' | 'SEND_BACK'; by: 'WHO_SHOULD' | 'SOMEBODY_ELSE'; backedUp: boolean }
  | { does: 'END'; unit: 'WHO_KEEPS' | 'WHO_WAITS' | string; into: Custodian }
  | { does: 'FILE' | 'TAKE_UP' };

const anySchool = fc.constantFrom(...schools).map(school);
const anyAuthority = fc.constantFrom(...authorities).map(authority);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: anySchool.map((to): Step => ({ does: 'MOVE', to })) },
  { weight: 1, arbitrary: anyAuthority.map((to): Step => ({ does: 'MOVE', to })) },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('PASS_ON' as const, 'ACCEPT' as const, 'SEND_BACK' as const),
      by: fc.constantFrom('WHO_SHOULD' as const, 'WHO_SHOULD' as const, 'SOMEBODY_ELSE' as const),
      backedUp: fc.constantFrom(true, true, true, false),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        unit: fc.constantFrom('WHO_KEEPS', 'WHO_WAITS', ...schools),
        into: fc.oneof(anySchool, anyAuthority),
      })
      .map(({ unit, into }): Step => ({ does: 'END', unit, into })),
  },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ does: 'FILE' }, { does: 'TAKE_UP' }) },
);

/** What a clerk of a county would keep on a card about one file, told without the law's own function. */
class Card {
  keeper: string;
  wanted: string | null = null;
  onItsWay = false;
  /** Every unit that has had the file in its care, under the name of whoever took its place. */
  readonly had = new Set<string>();

  constructor(first: string) {
    this.keeper = first;
  }
  moves(to: string): void {
    if (to !== this.wanted) this.onItsWay = false;
    this.wanted = to === this.keeper ? null : to;
    if (this.wanted === null) this.onItsWay = false;
  }
  passesOn(by: string, backedUp: boolean): void {
    if (by === this.keeper && backedUp && this.wanted !== null) this.onItsWay = true;
  }
  accepts(by: string): void {
    if (by !== this.wanted || !this.onItsWay) return;
    this.had.add(this.keeper);
    this.keeper = by;
    this.wanted = null;
    this.onItsWay = false;
  }
  sendsBack(by: string): void {
    if (by === this.wanted) this.onItsWay = false;
  }
  ends(unit: string, into: string): void {
    if (this.had.delete(unit)) this.had.add(into);
    if (this.keeper === unit) this.keeper = into;
    if (this.wanted === unit) this.wanted = into;
    if (this.wanted === this.keeper) {
      this.wanted = null;
      this.onItsWay = false;
    }
  }
  copies(): string[] {
    return [...this.had].filter((unit) => unit !== this.keeper).sort();
  }
}

const endingOf = (unit: string, { custodian, owedTo }: Pick<Custody, 'custodian' | 'owedTo'>): string => {
  if (unit === 'WHO_KEEPS') return custodian.code;
  return unit === 'WHO_WAITS' ? (owedTo?.code ?? 'Z') : unit;
};

const eventOf = (step: Step, { custodian, owedTo }: Custody): CustodyEvent => {
  switch (step.does) {
    case 'MOVE':
      return { type: 'OWE', to: step.to };
    case 'END':
      return { type: 'SUCCEED', from: endingOf(step.unit, { custodian, owedTo }), into: step.into };
    case 'FILE':
    case 'TAKE_UP':
      return { type: step.does };
    case 'PASS_ON':
      return {
        ...{ type: 'PASS_ON', by: step.by === 'WHO_SHOULD' ? custodian.code : 'Z' },
        backedUp: step.backedUp,
      };
    default:
      return { type: step.does, by: step.by === 'WHO_SHOULD' ? (owedTo?.code ?? 'Z') : 'Z' };
  }
};

const onCard = (card: Card, step: Step, event: CustodyEvent): void => {
  if (step.does === 'MOVE') card.moves(step.to.code);
  if (event.type === 'PASS_ON') card.passesOn(event.by, event.backedUp);
  if (event.type === 'SUCCEED') card.ends(event.from, event.into.code);
  if (event.type === 'ACCEPT') card.accepts(event.by);
  if (event.type === 'SEND_BACK') card.sendsBack(event.by);
};

/** The law and the card side by side through a life; throws where they part. */
const live = (first: string, life: readonly Step[]): Custody[] => {
  let custody = openedAt(first);
  const card = new Card(first);
  const passed: Custody[] = [custody];
  for (const step of life) {
    const event = eventOf(step, custody);
    custody = custodyAfter(custody, event) ?? custody;
    onCard(card, step, event);
    const { custodian, owedTo, passedOn, copies } = custody;
    const said = [custodian.code, owedTo?.code ?? null, passedOn, [...copies].sort()];
    const known = [card.keeper, card.wanted, card.onItsWay, card.copies()];
    if (JSON.stringify(said) !== JSON.stringify(known)) expect(said).toEqual(known);
    passed.push(custody);
  }
  return passed;
};

const anyLife = fc.tuple(
  fc.constantFrom(...schools),
  fc.array(anyStep, { minLength: steps / 2, maxLength: steps }),
);

describe('the custody of an archive through any life', () => {
  test(
    holds(
      'ARC-08',
      `has the custodian that a card kept by hand names, and copies where they are due: ${lives} lives`,
    ),
    () => {
      fc.assert(
        fc.property(anyLife, ([first, life]) => {
          const wrong = live(first, life).filter(
            ({ custodian, owedTo, passedOn, copies }) =>
              !/^[A-EXY]$/.test(custodian.code) ||
              owedTo?.code === custodian.code ||
              (passedOn && owedTo === null) ||
              new Set(copies).size !== copies.length ||
              copies.includes(custodian.code),
          );
          expect(wrong).toEqual([]);
        }),
        { numRuns: lives, seed: 2026 },
      );
    },
  );

  test(breaks('ARC-08', 'never lies with a unit that has ended, and never waits for one'), () => {
    fc.assert(
      fc.property(anyLife, fc.constantFrom(...schools), anyAuthority, ([first, life], unit, into) => {
        const last = live(first, life).at(-1) ?? openedAt(first);
        const after = custodyAfter(last, { type: 'SUCCEED', from: unit, into });
        expect(after).toBeDefined();
        expect([after?.custodian.code, after?.owedTo?.code, ...(after?.copies ?? [])]).not.toContain(unit);
      }),
      { numRuns: lives / 10, seed: 2026 },
    );
  });
});
