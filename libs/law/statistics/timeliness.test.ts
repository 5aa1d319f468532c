import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import {
  judgeBlockedRefusals,
  judgeReportTime,
  judgeUndecided,
  judgeUntold,
  lastDayOf,
  lateFrom,
  monthsFrom,
  reportIssueDay,
} from './timeliness.ts';

const PLACE = { province: '140000' };
const clock = { dueDate: '2026-09-16', provisional: false };
const codesOf = (findings: { ruleId: string; outcome: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the monthly report', () => {
  it(
    holds('STA-01', 'does not name a unit on the last day in time, nor for a day that may still move'),
    () => {
      expect(judgeReportTime({ ...clock, today: '2026-09-16' }, PLACE)).toEqual([]);
      expect(judgeReportTime({ ...clock, provisional: true, today: '2026-09-30' }, PLACE)).toEqual([]);
      expect(judgeReportTime({ ...clock, doneOn: '2026-09-16', today: '2026-09-30' }, PLACE)).toEqual([]);
    },
  );

  it(breaks('STA-01', 'names it from the next day, also where it decided afterwards'), () => {
    expect(codesOf(judgeReportTime({ ...clock, today: '2026-09-17' }, PLACE))).toEqual([
      'STA-01 RECORD STEP_OVERDUE',
    ]);
    expect(judgeReportTime({ ...clock, doneOn: '2026-09-17', today: '2026-09-30' }, PLACE)).toHaveLength(1);
  });

  it(holds('STA-10', 'what was decided, and what is in time, is not on the board'), () => {
    expect(judgeUndecided({ ...clock, today: '2026-09-16' }, PLACE)).toEqual([]);
    expect(judgeUndecided({ ...clock, doneOn: '2026-09-29', today: '2026-09-30' }, PLACE)).toEqual([]);
  });

  it(breaks('STA-10', 'what is late and not decided is, with its article'), () => {
    expect(judgeUndecided({ ...clock, today: '2026-09-17' }, PLACE)).toMatchObject([
      { ruleId: 'STA-10', outcome: 'RECORD', code: 'STEP_OVERDUE', basis: [{ layer: 'N16' }] },
    ]);
  });

  it(holds('STA-11', 'a month without a blocked refusal has nothing to list'), () => {
    expect(judgeBlockedRefusals(0, '2026-09-30', PLACE)).toEqual([]);
  });

  it(breaks('STA-11', 'blocked refusals are on record'), () => {
    expect(codesOf(judgeBlockedRefusals(1, '2026-09-30', PLACE))).toEqual([
      'STA-11 RECORD ILLEGAL_REJECTION_REASON',
    ]);
  });

  it('is issued on the fifth working day of the next month, over holidays as well', () => {
    const calendar = workingDayCalendar();
    expect(reportIssueDay('2026-08', calendar)).toMatchObject({ dueDate: '2026-09-07', provisional: false });
    expect(reportIssueDay('2026-09', calendar).dueDate).toBe('2026-10-13');
  });

  it('knows the months around a year and the day after the last one in time', () => {
    expect([monthsFrom('2026-12', 1), monthsFrom('2026-01', -1)]).toEqual(['2027-01', '2025-12']);
    expect([lastDayOf('2026-02'), lastDayOf('2028-02')]).toEqual(['2026-02-28', '2028-02-29']);
    expect(lateFrom('2026-09-30')).toBe('2026-10-01');
  });

  it(breaks('ORG-28', 'says of a unit without a calendar that it cannot be told to be late'), () => {
    expect(codesOf(judgeUntold(2, '2026-09-30', PLACE))).toEqual(['ORG-28 RECORD CALENDAR_MISSING']);
  });

  it(holds('ORG-28', 'and nothing of one whose steps all have their day'), () => {
    expect(judgeUntold(0, '2026-09-30', PLACE)).toEqual([]);
  });
});
