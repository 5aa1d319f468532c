import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeDataRules } from './data-rules.ts';
import { EARLY_WARNING, isOffHours, judgeWarning, type WarningFacts } from './early-warning.ts';

const ON = '2026-03-02';
const day = new Date('2026-03-02T10:00:00+08:00');
const night = new Date('2026-03-02T23:00:00+08:00');
const said = (facts: WarningFacts, on = ON) =>
  judgeWarning(facts, on, SHANXI).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const ALERT = ['PRV-08 RECORD SECURITY_ALERT'];

describe('an early warning', () => {
  it(
    breaks('PRV-08', 'comes from mass reads, exports at night and refused sign-ins, from the threshold on'),
    () => {
      expect(said({ trigger: 'MASS_READ', from: day, count: EARLY_WARNING.massReadPersons })).toEqual(ALERT);
      expect(
        said({ trigger: 'OFF_HOURS_EXPORT', from: night, count: EARLY_WARNING.exportPersons + 1 }),
      ).toEqual(ALERT);
      expect(said({ trigger: 'FAILED_LOGINS', from: day, count: EARLY_WARNING.refusedSignIns })).toEqual(
        ALERT,
      );
    },
  );

  it(
    holds('PRV-08', 'does not come below it, by day, before the text was in force, nor where it is not'),
    () => {
      expect(said({ trigger: 'MASS_READ', from: day, count: EARLY_WARNING.massReadPersons - 1 })).toEqual([]);
      expect(said({ trigger: 'OFF_HOURS_EXPORT', from: night, count: EARLY_WARNING.exportPersons })).toEqual(
        [],
      );
      expect(said({ trigger: 'OFF_HOURS_EXPORT', from: day, count: 5_000 })).toEqual([]);
      expect(said({ trigger: 'FAILED_LOGINS', from: day, count: EARLY_WARNING.refusedSignIns - 1 })).toEqual(
        [],
      );
      const many = { trigger: 'MASS_READ', from: day, count: 50_000 } as const;
      expect(said(many, '2026-02-09')).toEqual([]);
      expect(said(many, '2026-02-10')).toEqual(ALERT);
      expect(judgeWarning(many, ON, ELSEWHERE)).toEqual([]);
    },
  );

  it('knows the night of Shanghai, whatever the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 28 }), (hour, date) => {
        const two = (n: number) => String(n).padStart(2, '0');
        const at = new Date(`2026-02-${two(date)}T${two(hour)}:00:00+08:00`);
        expect(isOffHours(at)).toBe(hour >= 22 || hour < 6);
      }),
    );
  });
});

describe('the rules on the use of data', () => {
  it(breaks('PRV-09', 'their breach leads to a correction order where they are in force'), () => {
    expect(judgeDataRules('2026-02-10', SHANXI)).toMatchObject([
      { ruleId: 'PRV-09', outcome: 'RECORD', code: 'CORRECTION_ORDERED' },
    ]);
  });

  it(holds('PRV-09', 'and to nothing before that day, and in other provinces'), () => {
    expect(judgeDataRules('2026-02-09', SHANXI)).toEqual([]);
    expect(judgeDataRules(ON, ELSEWHERE)).toEqual([]);
  });
});
