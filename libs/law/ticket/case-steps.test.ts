import fc from 'fast-check';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import type { lawPlaceOfUnit } from '../layers.ts';
import {
  type CaseStep,
  judgeCaseLink,
  judgeMissedClock,
  lateSinceDue,
  overdueStep,
  workingDaysLate,
} from './case-steps.ts';

const calendar = workingDayCalendar();
const place = { province: '140000' } as ReturnType<typeof lawPlaceOfUnit>;
const step = (more: Partial<CaseStep> = {}): CaseStep => ({
  ...{ party: 'SOURCE_SCHOOL', unit: '2114000001', openedOn: '2026-09-02', dueOn: '2026-09-16' },
  ...{ provisional: false, doneOn: null },
  ...more,
});

describe('a step of a case', () => {
  it('is late by the working days after its last one, until it was done or until today', () => {
    expect(workingDaysLate(step(), '2026-09-16', calendar)).toBe(0);
    expect(workingDaysLate(step(), '2026-09-17', calendar)).toBe(1);
    // Sunday the 20th is worked before the holiday.
    expect(workingDaysLate(step(), '2026-09-20', calendar)).toBe(3);
    expect(workingDaysLate(step({ doneOn: '2026-09-18' }), '2026-12-01', calendar)).toBe(2);
    expect(workingDaysLate(step({ doneOn: '2026-09-16' }), '2026-12-01', calendar)).toBe(0);
  });

  it('is late by nothing where no text counts its days, or the days are not published', () => {
    expect(workingDaysLate(step({ dueOn: null }), '2026-12-01', calendar)).toBe(0);
    expect(workingDaysLate(step({ provisional: true }), '2026-12-01', calendar)).toBe(0);
  });

  it('is the overdue one where it waits beyond its day, the earliest due before others', () => {
    const later = step({ unit: '140106', dueOn: '2026-09-17' });
    expect(overdueStep([later, step()], '2026-09-18')?.unit).toBe('2114000001');
    expect(overdueStep([later, step({ doneOn: '2026-09-18' })], '2026-09-18')?.unit).toBe('140106');
    expect(overdueStep([later, step()], '2026-09-16')).toBeUndefined();
  });

  it('is late by so many working days exactly on the due days up to the one that is told', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 30 }), (n, days) => {
        const today = addDays('2026-09-01', n);
        const due = lateSinceDue(days, today, calendar) ?? '';
        expect(workingDaysLate(step({ dueOn: due }), today, calendar)).toBe(days);
        expect(workingDaysLate(step({ dueOn: addDays(due, 1) }), today, calendar)).toBeLessThanOrEqual(days);
        const next = lateSinceDue(days - 1, today, calendar) ?? '';
        expect(workingDaysLate(step({ dueOn: next }), today, calendar)).toBe(days - 1);
      }),
    );
  });

  it('is late by no count that rests on an unpublished year', () => {
    expect(lateSinceDue(3, '2031-03-05', calendar)).toBeUndefined();
  });

  it('that was missed is on record under the rule that gave it its day', () => {
    const ruleOf = (kind: 'TRANSFER' | 'ENROLLMENT' | 'KEY_CHANGE' | 'ARCHIVE_HANDOVER', matter = '') =>
      judgeMissedClock({ kind, matter }, step(), 2, place).map(
        ({ ruleId, outcome }) => `${ruleId} ${outcome}`,
      );
    expect(ruleOf('TRANSFER')).toEqual(['TRF-03 RECORD']);
    expect(ruleOf('ENROLLMENT', 'RESUMPTION')).toEqual(['ENR-48 RECORD']);
    expect(ruleOf('ENROLLMENT', 'WITHDRAWAL')).toEqual(['ENR-55 RECORD']);
    expect(ruleOf('ENROLLMENT', 'DEATH')).toEqual(['ENR-63 RECORD']);
    expect(ruleOf('ENROLLMENT', 'SUSPENSION')).toEqual(['ENR-67 RECORD']);
    expect(ruleOf('KEY_CHANGE')).toEqual(['ID-13 RECORD']);
    expect(ruleOf('ARCHIVE_HANDOVER', 'TRANSFER')).toEqual(['ARC-10 RECORD']);
    expect(ruleOf('ARCHIVE_HANDOVER', 'ABROAD')).toEqual(['ARC-20 RECORD']);
    expect(judgeMissedClock({ kind: 'TRANSFER', matter: '' }, step(), 0, place)).toEqual([]);
  });
});

describe('a ticket that names a case', () => {
  const facts = {
    ...{ student: 'a', case: { person: 'a', units: ['140105'] }, named: '140105', lateUnit: '140105' },
    handler: '140100',
  };
  const judged = (more: Partial<Parameters<typeof judgeCaseLink>[0]>) =>
    judgeCaseLink({ ...facts, ...more }, 'TKT-01', '2026-09-02', place).map(
      ({ ruleId, code }) => `${ruleId} ${code}`,
    );

  it('names one of its student, with a party of it that does not handle the ticket itself', () => {
    expect(judged({})).toEqual([]);
    expect(judged({ student: null })).toEqual([]);
    expect(judged({ case: undefined, named: null, lateUnit: null })).toEqual([]);
  });

  it('is told everything at once that is wrong with it', () => {
    expect(judged({ student: 'b', named: '140106', lateUnit: '140106', handler: '140106' })).toEqual([
      'TKT-01 CASE_OF_ANOTHER_STUDENT',
      'TKT-01 LATE_PARTY_NOT_IN_CASE',
      'ORG-20 LATE_PARTY_HANDLES',
    ]);
    expect(judged({ case: undefined })).toEqual(['TKT-01 LATE_PARTY_WITHOUT_CASE']);
  });
});
