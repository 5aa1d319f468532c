import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  basicInfoUpdateDue,
  type ChangeFacts,
  changeStepDue,
  judgeBasicInfoUpdate,
  judgeChangeEntry,
} from './information-update.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const calendar = workingDayCalendar();

describe('a change of a registration', () => {
  const { dueDate, provisional } = changeStepDue(new Date('2026-09-01T23:59:59+08:00'), SHANXI, calendar);
  const facts = (changes: Partial<ChangeFacts>): ChangeFacts => ({
    stage: 'PRIMARY',
    step: 'SCHOOL',
    proofFiled: true,
    dueDate,
    provisional,
    today: '2026-09-16',
    ...changes,
  });

  it(
    holds('ENR-67', 'is entered with its proof within ten working days and approved within ten more'),
    () => {
      expect(dueDate).toBe('2026-09-15');
      expect(changeStepDue(new Date('2026-09-02T00:00:00+08:00'), SHANXI, calendar).dueDate).toBe(
        '2026-09-16',
      );
      for (const place of PLACES) {
        expect(judgeChangeEntry(facts({ doneOn: '2026-09-15' }), ON, place)).toEqual([]);
        expect(judgeChangeEntry(facts({ today: '2026-09-15', proofFiled: false }), ON, place)).toEqual([]);
        expect(judgeChangeEntry(facts({ step: 'AUTHORITY', doneOn: '2026-09-15' }), ON, place)).toEqual([]);
      }
    },
  );

  it(breaks('ENR-67', 'is on record when late, or without proof once the time is over'), () => {
    for (const place of PLACES) {
      expect(judgeChangeEntry(facts({}), ON, place)).toMatchObject([
        { outcome: 'RECORD', code: 'CHANGE_NOT_UPDATED', ownerLevel: 'SCHOOL' },
      ]);
      expect(judgeChangeEntry(facts({ doneOn: '2026-09-16' }), '2014-09-01', place)).toHaveLength(1);
      expect(judgeChangeEntry(facts({ step: 'AUTHORITY' }), ON, place)).toMatchObject([
        { ownerLevel: 'COUNTY' },
      ]);
      const unproved = facts({ doneOn: '2026-09-10', proofFiled: false });
      expect(judgeChangeEntry(unproved, ON, place)).toMatchObject([{ path: ['proofs'] }]);
    }
    const approved = facts({ step: 'AUTHORITY', doneOn: '2026-09-15', proofFiled: false });
    expect(judgeChangeEntry(approved, ON, SHANXI)).toEqual([]);
    expect(judgeChangeEntry(facts({ provisional: true, proofFiled: false }), ON, SHANXI)).toEqual([]);
  });
});

describe('basic information after a change', () => {
  const due = basicInfoUpdateDue('2026-08-31', SHANXI, calendar);
  const judge = (today: string, place = SHANXI) =>
    judgeBasicInfoUpdate(
      { stage: 'PRIMARY', dueDate: due?.dueDate ?? '', provisional: due?.provisional ?? true, today },
      ON,
      place,
    );

  it(holds('ENR-68', 'is up to date within a month'), () => {
    expect(due?.dueDate).toBe('2026-09-30');
    for (const place of PLACES) expect(judge('2026-09-30', place)).toEqual([]);
  });

  it(breaks('ENR-68', 'is on record the day after'), () => {
    for (const place of PLACES) {
      expect(judge('2026-10-01', place)).toMatchObject([
        { outcome: 'RECORD', code: 'BASIC_INFO_UPDATE_OVERDUE' },
      ]);
    }
  });

  it('has no time before the 2025 measure', () => {
    expect(basicInfoUpdateDue('2025-01-02', SHANXI, calendar)).toBeUndefined();
    expect(basicInfoUpdateDue('2025-01-03', SHANXI, calendar)?.dueDate).toBe('2025-02-03');
  });
});
