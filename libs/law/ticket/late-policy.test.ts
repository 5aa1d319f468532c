import { judgeLatePolicy, type LateStepClock, lateStepAuthority } from './late-policy.ts';
import type { Authority } from './scope.ts';

const place = { province: '140000' } as Parameters<typeof judgeLatePolicy>[2];
const way: readonly Authority[] = [
  { level: 'MINISTRY', unit: '000000' },
  { level: 'PROVINCE', unit: '140000' },
  { level: 'CITY', unit: '140100' },
  { level: 'COUNTY', unit: '140105' },
];
const above = (level: Parameters<typeof lateStepAuthority>[1], isAuthority: boolean, to = way.length) =>
  lateStepAuthority({ way: way.slice(0, to), isAuthority }, level)?.unit;

describe('a step that is late', () => {
  it('is taken up right above who is late, or at least at the level that the province has named', () => {
    expect([above('LOWEST', false), above('LOWEST', true)]).toEqual(['140105', '140100']);
    expect([above('CITY', false), above('CITY', true)]).toEqual(['140100', '140100']);
    expect([above('PROVINCE', false), above('PROVINCE', true)]).toEqual(['140000', '140000']);
  });

  it('of a city or a province goes above it, whatever level is named', () => {
    expect([above('CITY', true, 3), above('CITY', false, 3)]).toEqual(['140000', '140100']);
    expect([above('LOWEST', true, 2), above('PROVINCE', true, 2)]).toEqual(['000000', '000000']);
    expect(above('LOWEST', false, 0)).toBeUndefined();
  });
});

describe('a policy on late steps', () => {
  const clock = (afterWorkingDays: number, name: LateStepClock['clock'] = 'TRANSFER'): LateStepClock => ({
    ...{ clock: name, afterWorkingDays, level: 'LOWEST' },
  });
  const judged = (
    clocks: LateStepClock[],
    department: 'ADMINISTRATIVE' | 'TECHNICAL' | null = 'ADMINISTRATIVE',
  ) =>
    judgeLatePolicy({ department, clocks }, '2026-09-02', place).map(
      ({ ruleId, code }) => `${ruleId} ${code}`,
    );

  it('names each clock once, one to sixty working days, or nothing', () => {
    expect(judged([])).toEqual([]);
    expect(judged([clock(1), clock(60, 'KEY_CHANGE')])).toEqual([]);
    expect(judged([clock(0), clock(61, 'KEY_CHANGE')])).toEqual([
      'TKT-01 LATE_STEP_DAYS_OUT_OF_BOUNDS',
      'TKT-01 LATE_STEP_DAYS_OUT_OF_BOUNDS',
    ]);
    expect(judged([clock(1), clock(2)])).toEqual(['TKT-01 LATE_STEP_CLOCK_TWICE']);
  });

  it('is the administrative department’s', () => {
    expect(judged([], 'TECHNICAL')).toEqual(['TKT-08 ISSUER_MUST_BE_ADMINISTRATIVE']);
    expect(judged([], null)).toEqual(['TKT-08 ISSUER_MUST_BE_ADMINISTRATIVE']);
  });
});
