import fc from 'fast-check';
import { type CaseEvent, type StepRow, stepsAfter } from './course.ts';

const ref = { kind: 'TRANSFER', id: '01900000-0000-7000-8000-000000000001' } as const;
const step = (more: Partial<StepRow> = {}): StepRow => ({
  ...{ case: ref, step: 1, person: 'p', matter: 'IN_PROVINCE_TRANSFER', sourcePlace: 1, targetPlace: 2 },
  ...{ party: 'SOURCE_SCHOOL', unit: '2114000001', province: '140000', turn: 1 },
  ...{
    openedAt: '2026-09-02T01:00:00.000Z',
    dueOn: '2026-09-16',
    provisional: false,
    doneAt: null,
    lapsed: false,
  },
  ...more,
});
const opened = (more: Partial<StepRow> = {}): CaseEvent => ({ case: ref, kind: 'OPENED', step: step(more) });
const turn = (more: Partial<StepRow> = {}): CaseEvent => ({ case: ref, kind: 'TURN', step: step(more) });
const at = '2026-09-10T01:00:00.000Z';
const lived = (...events: CaseEvent[]) => events.reduce<StepRow[]>(stepsAfter, []);
const brief = (steps: readonly StepRow[]) =>
  steps.map(({ party, doneAt, lapsed }) => [party, doneAt !== null, lapsed]);

describe('the steps of a case', () => {
  it('are done by decisions of their own party, and by a later turn of the plan', () => {
    const both = [opened(), opened({ step: 2, party: 'SOURCE_AUTHORITY', turn: 2, openedAt: at })];
    expect(brief(lived(...both))).toEqual([
      ['SOURCE_SCHOOL', true, false],
      ['SOURCE_AUTHORITY', false, false],
    ]);
    const beside = opened({ step: 3, party: 'TARGET_AUTHORITY', turn: 2, openedAt: at });
    const decided: CaseEvent = { case: ref, kind: 'DONE', party: 'SOURCE_AUTHORITY', at };
    expect(brief(lived(...both, beside, decided))).toEqual([
      ['SOURCE_SCHOOL', true, false],
      ['SOURCE_AUTHORITY', true, false],
      ['TARGET_AUTHORITY', false, false],
    ]);
  });

  it('lapse where the case ends before they are decided', () => {
    expect(brief(lived(opened(), { case: ref, kind: 'ENDED', at, decided: false }))).toEqual([
      ['SOURCE_SCHOOL', true, true],
    ]);
    expect(brief(lived(opened(), { case: ref, kind: 'ENDED', at, decided: true }))).toEqual([
      ['SOURCE_SCHOOL', true, false],
    ]);
  });

  it('go on until another day while it stays the turn of the same party, and pass to the next', () => {
    const own = { party: 'SCHOOL', turn: null } as const;
    const same = lived(turn(own), turn({ ...own, step: 2, dueOn: '2026-09-17' }));
    expect(same).toMatchObject([{ step: 1, dueOn: '2026-09-17', doneAt: null }]);
    const next = lived(turn(own), turn({ ...own, step: 2, party: 'AUTHORITY', openedAt: at }));
    expect(next).toMatchObject([
      { step: 1, doneAt: at },
      { step: 2, party: 'AUTHORITY', doneAt: null },
    ]);
  });

  it('stay late with the successor of a merged school, as the same step', () => {
    const taken = [{ party: 'SOURCE_SCHOOL', unit: '2114000009' }];
    expect(lived(opened(), { case: ref, kind: 'SUCCEEDED', sourcePlace: 7, taken })).toMatchObject([
      { step: 1, unit: '2114000009', sourcePlace: 7, doneAt: null, dueOn: '2026-09-16' },
    ]);
  });

  it('are never undone, and none is lost, whatever follows', () => {
    const anyEvent: fc.Arbitrary<(n: number) => CaseEvent> = fc.constantFrom(
      (n: number) => opened({ step: n, turn: n }),
      (n: number) => turn({ step: n, party: 'TARGET_AUTHORITY', turn: null }),
      (): CaseEvent => ({ case: ref, kind: 'DONE', party: 'SOURCE_SCHOOL', at }),
      (): CaseEvent => ({
        case: ref,
        kind: 'DUE_MOVED',
        party: 'SOURCE_SCHOOL',
        dueOn: '2026-10-08',
        provisional: true,
      }),
      (): CaseEvent => ({ case: ref, kind: 'ENDED', at, decided: false }),
    );
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), (makers) => {
        let steps: StepRow[] = [];
        for (const [n, make] of makers.entries()) {
          const next = stepsAfter(steps, make(n));
          for (const before of steps) {
            const now = next.find((each) => each.step === before.step);
            expect(now).toBeDefined();
            if (before.doneAt !== null) expect(now).toEqual(before);
          }
          steps = next;
        }
        expect(new Set(steps.map((each) => each.step)).size).toBe(steps.length);
      }),
    );
  });
});
