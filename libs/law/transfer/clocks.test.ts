import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { startOfDay } from '../dates.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  callUpDue,
  judgeCallUpExpiry,
  judgePurge,
  judgeStepTime,
  purgeDue,
  stepDue,
  stepReportDue,
} from './clocks.ts';

const CALENDAR = workingDayCalendar();
const at = (text: string): Date => new Date(`${text}+08:00`);
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the clock of a step', () => {
  it(
    holds('TRF-03', 'runs ten working days of the nation for each party from when the step came to it'),
    () => {
      for (const place of PLACES) {
        // The make-up day of Sunday 20 September counts, the Mid-Autumn day of the 25th does not.
        expect(stepDue(at('2026-09-15T16:00:00'), place, CALENDAR)).toMatchObject({
          dueDate: '2026-09-29',
          dueAt: startOfDay('2026-09-30'),
          provisional: false,
          counted: { from: '2026-09-15', workingDays: 10 },
        });
      }
    },
  );

  const step = {
    dueDate: '2026-09-29',
    provisional: false,
    business: 'TRANSFER',
    party: 'SOURCE_SCHOOL',
  } as const;

  it(holds('TRF-03', 'done on the tenth day is in time'), () => {
    expect(judgeStepTime({ ...step, today: '2026-09-29' }, SHANXI)).toEqual([]);
    expect(judgeStepTime({ ...step, doneOn: '2026-09-29', today: '2026-12-01' }, SHANXI)).toEqual([]);
    expect(judgeStepTime({ ...step, provisional: true, today: '2026-12-01' }, SHANXI)).toEqual([]);
  });

  it(breaks('TRF-03', 'on record from the eleventh, and the case goes on'), () => {
    for (const place of PLACES) {
      expect(codes(judgeStepTime({ ...step, today: '2026-09-30' }, place))).toEqual([
        'TRF-03 RECORD STEP_OVERDUE',
      ]);
      expect(codes(judgeStepTime({ ...step, doneOn: '2026-09-30', today: '2026-12-01' }, place))).toEqual([
        'TRF-03 RECORD STEP_OVERDUE',
      ]);
    }
    expect(judgeStepTime({ ...step, party: 'TARGET_AUTHORITY', today: '2026-09-30' }, SHANXI)).toMatchObject([
      { ownerLevel: 'COUNTY', message: expect.stringContaining('转入方') },
    ]);
  });

  it(
    holds('TRF-31', 'in Shanxi a case from another province has the limits that the system prescribes'),
    () => {
      const opened = at('2026-09-07T09:00:00');
      expect(stepDue(opened, SHANXI, CALENDAR)).toEqual(stepDue(opened, ELSEWHERE, CALENDAR));
      expect(callUpDue(opened, SHANXI, CALENDAR)).toEqual(callUpDue(opened, ELSEWHERE, CALENDAR));
      expect(purgeDue(opened, SHANXI, CALENDAR)).toEqual(purgeDue(opened, ELSEWHERE, CALENDAR));
    },
  );

  it(breaks('TRF-31', 'and is late by them'), () => {
    expect(codes(judgeStepTime({ ...step, today: '2026-09-30' }, SHANXI))).toEqual([
      'TRF-03 RECORD STEP_OVERDUE',
    ]);
  });

  it(holds('TRF-54', 'going on is no such hand-over any more from the measure of 2025 on'), () => {
    const late = { ...step, business: 'GOING_ON' as const };
    expect(judgeStepTime({ ...late, today: '2025-01-03', dueDate: '2024-12-20' }, ELSEWHERE)).toEqual([]);
  });

  it(breaks('TRF-54', 'until then its late steps are on record'), () => {
    const late = { ...step, business: 'GOING_ON' as const, dueDate: '2024-12-20' };
    expect(codes(judgeStepTime({ ...late, today: '2025-01-02' }, ELSEWHERE))).toEqual([
      'TRF-54 RECORD STEP_OVERDUE',
    ]);
  });

  it(holds('STA-01', 'the report steps over the vacations of the unit’s place'), () => {
    const opened = at('2026-01-12T09:00:00');
    const vacation = [{ from: '2026-01-17', to: '2026-03-01' }];
    expect(stepDue(opened, SHANXI, CALENDAR).dueDate).toBe('2026-01-26');
    expect(stepReportDue(opened, SHANXI, CALENDAR, vacation).dueDate).toBe('2026-03-09');
  });

  it(breaks('STA-01', 'and counts every working day outside of them'), () => {
    const opened = at('2026-01-12T09:00:00');
    expect(stepReportDue(opened, SHANXI, CALENDAR, []).dueDate).toBe('2026-01-26');
    const before = [{ from: '2025-12-01', to: '2026-01-12' }];
    expect(stepReportDue(opened, SHANXI, CALENDAR, before).dueDate).toBe('2026-01-26');
  });
});

describe('the ninety days', () => {
  const started = at('2026-09-07T09:00:00');
  const purgeAt = purgeDue(started, SHANXI, CALENDAR)?.dueAt ?? started;
  const judge = (now: string, underReview = true) =>
    codes(judgePurge({ underReview, purgeAt }, at(now), SHANXI));

  it(
    holds('TRF-34', 'a case is not purged on its ninetieth day, nor at any time after the last approval'),
    () => {
      expect(purgeDue(started, SHANXI, CALENDAR)).toMatchObject({
        dueDate: '2026-12-06',
        provisional: false,
      });
      expect(judge('2026-12-06T23:59:59')).toEqual([]);
      expect(judge('2027-06-01T00:00:00', false)).toEqual([]);
      expect(purgeDue(at('2016-06-05T09:00:00'), SHANXI, CALENDAR)).toBeUndefined();
    },
  );

  it(breaks('TRF-34', 'from the ninety-first on it is, also in a vacation'), () => {
    expect(judge('2026-12-07T00:00:00')).toEqual(['TRF-34 RECORD PURGED_90_DAYS']);
    const inSummer = purgeDue(at('2027-04-30T23:59:59'), BEIGUAN, CALENDAR);
    expect(inSummer?.dueDate).toBe('2027-07-29');
  });

  it('are ninety whole days for every instant of the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399 }), (second) => {
        const start = new Date(startOfDay('2026-09-07').getTime() + 1000 * second);
        expect(purgeDue(start, ELSEWHERE, CALENDAR)?.dueAt).toEqual(startOfDay('2026-12-07'));
      }),
    );
  });
});

describe('the clock of the call-up', () => {
  const due = callUpDue(at('2026-01-30T10:00:00'), SHANXI, CALENDAR);
  const clock = { dueAt: due?.dueAt ?? new Date(0), provisional: false };

  it(
    holds('TRF-33', 'ten working days from the last approval, vacations included, the file may be called up'),
    () => {
      expect(due).toMatchObject({ dueDate: '2026-02-13', provisional: false });
      expect(judgeCallUpExpiry(clock, at('2026-02-13T23:59:59'), SHANXI)).toEqual([]);
      expect(judgeCallUpExpiry({ ...clock, provisional: true }, at('2026-02-20T00:00:00'), SHANXI)).toEqual(
        [],
      );
      expect(callUpDue(at('2016-06-05T10:00:00'), SHANXI, CALENDAR)).toBeUndefined();
    },
  );

  it(breaks('TRF-33', 'then the system cancels the case'), () => {
    for (const place of PLACES) {
      expect(codes(judgeCallUpExpiry(clock, at('2026-02-14T00:00:00'), place))).toEqual([
        'TRF-33 RECORD CALL_UP_EXPIRED',
      ]);
    }
  });

  it('is provisional where a year is not published', () => {
    expect(callUpDue(at('2026-12-25T10:00:00'), SHANXI, CALENDAR)?.provisional).toBe(true);
  });
});
