import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { addDays, daysBetween } from '../dates.ts';
import { arrangedPlaceKeptUntil, judgeArranging } from './arrangement.ts';

const county = { province: '140000', county: '140106' };
const on = '2026-09-04';
const codesOf = (handledBy: string | null, decidedBy: string) =>
  judgeArranging({ handledBy, decidedBy }, on, county).map(({ ruleId, outcome, code }) => [
    ruleId,
    outcome,
    code,
  ]);

describe('an arrangement of the county', () => {
  test(holds('TRF-43', 'is decided by another person than the registrar who proposed it'), () => {
    expect(codesOf('registrar', 'head')).toEqual([]);
  });

  test(breaks('TRF-43', 'is not decided by who proposed it, nor before anybody has'), () => {
    expect(codesOf('both', 'both')).toEqual([['TRF-43', 'REJECT', 'SAME_PERSON_HANDLED_AND_DECIDED']]);
    expect(codesOf(null, 'head')).toEqual([['TRF-43', 'REJECT', 'STEP_NOT_HANDLED']]);
  });

  test('keeps its place for ninety days, wherever in the year it falls', () => {
    expect(arrangedPlaceKeptUntil('2026-09-02')).toBe('2026-12-01');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000 }), (days) => {
        const day = addDays('2026-02-10', days);
        expect(daysBetween(day, arrangedPlaceKeptUntil(day))).toBe(90);
      }),
    );
  });
});
