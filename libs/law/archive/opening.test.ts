import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { addDays } from '../dates.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { judgeNewArchive, judgeOpening, openingDue } from './opening.ts';

const calendar = workingDayCalendar();
const facts = (openedOn: string | null, enteredOn = '2026-09-01') => ({
  enteredOn,
  openedOn,
  stage: 'PRIMARY' as const,
});
const judge = (openedOn: string | null, place = SHANXI, today = '2027-01-01', enteredOn = '2026-09-01') =>
  said(judgeOpening(facts(openedOn, enteredOn), today, place, calendar));
const LATE = 'ARC-01 RECORD ARCHIVE_NOT_ESTABLISHED';

describe('the opening of an archive', () => {
  it(holds('ARC-01', 'is in time up to the last day of the second month after entry'), () => {
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(judge('2026-11-01', place)).toEqual([]);
      expect(judge(null, place, '2026-11-01')).toEqual([]);
    }
    expect(judge('2026-10-01', BEIGUAN)).toEqual([]);
  });

  it(breaks('ARC-01', 'is on record from the next day on, done or not'), () => {
    for (const place of [SHANXI, ELSEWHERE, BEIGUAN]) {
      expect(judge('2026-11-02', place)).toEqual([LATE]);
      expect(judge(null, place, '2026-11-02')).toEqual([LATE]);
    }
  });

  it('is up to the authority while the registration waits for approval, and to the school otherwise', () => {
    const ownerOf = (openedOn: string | null, waitsForApproval: boolean) =>
      judgeOpening({ ...facts(openedOn), waitsForApproval }, '2027-01-01', SHANXI, calendar).map(
        ({ ownerLevel }) => ownerLevel,
      );
    expect(ownerOf(null, true)).toEqual(['COUNTY']);
    expect(ownerOf(null, false)).toEqual(['SCHOOL']);
    expect(ownerOf('2026-12-01', true)).toEqual(['SCHOOL']);
  });

  it('has one month before the measure of 2025, by the day of entry', () => {
    expect(judge('2024-10-01', SHANXI, '2024-12-01', '2024-09-01')).toEqual([]);
    expect(judge('2024-10-02', SHANXI, '2024-12-01', '2024-09-01')).toEqual([LATE]);
    expect(openingDue('2025-01-02', ELSEWHERE, 'PRIMARY', calendar)?.limit.dueDate).toBe('2025-02-02');
    expect(openingDue('2025-01-03', ELSEWHERE, 'PRIMARY', calendar)?.limit.dueDate).toBe('2025-03-03');
  });

  it('is warned of in Beiguan after its own month', () => {
    expect(judge('2026-10-02', BEIGUAN)).toEqual(['ARC-01 WARN ARCHIVE_NOT_ESTABLISHED']);
    expect(openingDue('2026-09-01', BEIGUAN, 'SENIOR', calendar)?.target).toBeUndefined();
  });

  it('is judged before and after its last day alike, whatever the day of entry', () => {
    const day = fc.integer({ min: 0, max: 1200 }).map((n) => addDays('2025-01-03', n));
    fc.assert(
      fc.property(day, fc.integer({ min: -40, max: 40 }), (enteredOn, away) => {
        const last = openingDue(enteredOn, ELSEWHERE, 'JUNIOR', calendar)?.limit.dueDate ?? '';
        const found = judge(addDays(last, away), ELSEWHERE, '2040-01-01', enteredOn);
        expect(found).toEqual(away > 0 ? [LATE] : []);
      }),
    );
  });

  it('knows no limit before any text speaks', () => {
    expect(openingDue('2013-08-31', ELSEWHERE, 'PRIMARY', calendar)).toBeUndefined();
    expect(judge(null, ELSEWHERE, '2014-09-01', '2013-08-31')).toEqual([]);
  });
});

describe('the one archive of a student', () => {
  it(holds('ARC-11', 'is opened where there is none yet'), () => {
    expect(judgeNewArchive({ stage: 'JUNIOR', archiveExists: false }, '2026-09-07', SHANXI)).toEqual([]);
  });

  it(breaks('ARC-11', 'is continued where there is one, and no second is opened'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(said(judgeNewArchive({ stage: 'JUNIOR', archiveExists: true }, '2026-09-07', place))).toEqual([
        'ARC-11 REJECT ARCHIVE_ALREADY_EXISTS',
      ]);
    }
  });
});
