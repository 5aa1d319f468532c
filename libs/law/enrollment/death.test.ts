import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import type { LawPlace, Stage } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { workingDaysBetween } from '../working-days.ts';
import { deathCancellationDue, judgeDeath, judgeDeathTime } from './death.ts';

const ON = '2026-03-10';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const calendar = workingDayCalendar();
const dueAfter = (diedOn: string, place: LawPlace, knownOn = diedOn, stage: Stage = 'PRIMARY') =>
  deathCancellationDue({ stage, diedOn, knownOn }, place, calendar);
const time = (diedOn: string, today: string, place: LawPlace, knownOn = diedOn, stage: Stage = 'PRIMARY') =>
  judgeDeathTime({ stage, diedOn, today, due: dueAfter(diedOn, place, knownOn, stage) }, place).map(
    ({ outcome, code }) => `${outcome} ${code}`,
  );

const OVERDUE = ['RECORD DEATH_CANCELLATION_OVERDUE'];
const BEYOND_TARGET = ['WARN DEATH_CANCELLATION_BEYOND_TARGET'];

describe('a death', () => {
  const facts = {
    stage: 'JUNIOR',
    diedOn: '2026-03-02',
    knownOn: '2026-03-03',
    proofPresent: true,
    today: ON,
  } as const;

  it(holds('ENR-63', 'is reported with its proof, however late'), () => {
    for (const place of PLACES) {
      expect(judgeDeath(facts, ON, place)).toEqual([]);
      expect(judgeDeath({ ...facts, diedOn: '2012-01-01', knownOn: '2012-01-01' }, ON, place)).toEqual([]);
      expect(judgeDeath({ ...facts, diedOn: ON, knownOn: ON }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ENR-63', 'without proof, or on a day that cannot be, cancels nothing'), () => {
    for (const place of PLACES) {
      expect(judgeDeath({ ...facts, proofPresent: false }, ON, place)).toMatchObject([
        { outcome: 'REJECT', code: 'DEATH_PROOF_MISSING' },
      ]);
    }
    expect(judgeDeath({ ...facts, diedOn: '2026-03-11', knownOn: '2026-03-11' }, ON, SHANXI)).toMatchObject([
      { outcome: 'REJECT', code: 'DEATH_DATE_INVALID' },
    ]);
    expect(judgeDeath({ ...facts, diedOn: '2026-03-04' }, ON, SHANXI)).toMatchObject([
      { code: 'DEATH_DATE_INVALID' },
    ]);
  });
});

describe('the time to report a death', () => {
  it(holds('ENR-63', 'is sixty working days from the day the school knows, by the day of the death'), () => {
    for (const place of PLACES) {
      const { limit } = dueAfter('2026-03-02', place);
      expect(limit.dueDate).toBe('2026-05-28');
      expect(workingDaysBetween('2026-03-02', limit.dueDate, calendar)).toBe(60);
      expect(dueAfter('2025-01-03', place).limit.dueDate > '2025-03-25').toBe(true);
      expect(dueAfter('2025-01-02', place, '2026-03-02').limit.dueDate).toBe('2026-03-16');
    }
    expect(time('2026-03-02', '2026-05-28', SHANXI)).toEqual([]);
  });

  it(breaks('ENR-63', 'once over is on record; for deaths before 2025 after ten working days'), () => {
    for (const place of PLACES) expect(time('2026-03-02', '2026-05-29', place)).toEqual(OVERDUE);
    for (const place of PLACES) {
      expect(time('2025-01-02', '2026-03-16', place, '2026-03-02')).toEqual([]);
      expect(time('2025-01-02', '2026-03-17', place, '2026-03-02')).toEqual(OVERDUE);
    }
  });

  it('has in Beiguan a target of ten working days, which warns; not at the senior stage', () => {
    expect(time('2026-03-02', '2026-03-16', BEIGUAN)).toEqual([]);
    expect(time('2026-03-02', '2026-03-17', BEIGUAN)).toEqual(BEYOND_TARGET);
    expect(time('2026-03-02', '2026-05-28', BEIGUAN)).toEqual(BEYOND_TARGET);
    expect(time('2026-03-02', '2026-03-17', BEIGUAN, '2026-03-02', 'SENIOR')).toEqual([]);
    expect(time('2026-03-02', '2026-03-17', SHANXI)).toEqual([]);
  });

  it('never refuses, whatever the days', () => {
    const anyDay = fc.integer({ min: 0, max: 8_000 }).map((n) => addDays('2005-01-01', n));
    fc.assert(
      fc.property(anyDay, anyDay, fc.constantFrom(...PLACES), (diedOn, today, place) => {
        const findings = time(diedOn, today, place);
        expect(findings.some((finding) => finding.startsWith('REJECT') || finding.startsWith('HOLD'))).toBe(
          false,
        );
      }),
    );
  });

  it('makes nobody late by a year whose working days are not published', () => {
    expect(dueAfter('2026-11-02', SHANXI).limit.provisional).toBe(true);
    expect(time('2026-11-02', '2027-12-31', SHANXI)).toEqual([]);
  });
});
