import { breaks, holds } from '#test/support/rules.ts';
import { workingDayCalendar } from '../calendar/working-day-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { ARCHIVE_CATEGORIES, type ArchiveCategory } from './categories.ts';
import { judgePaper, judgePaperCounterpart, paperCategories } from './paper.ts';
import { judgeRefresh, type RefreshOccasion, refreshDue } from './refresh.ts';

const calendar = workingDayCalendar();
const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('the refreshing of an archive', () => {
  const judge = (
    refreshedOn: string | null,
    today: string,
    occasion: RefreshOccasion = 'TERM_OPENED',
    reports = true,
  ) =>
    PLACES.map((place) =>
      said(
        judgeRefresh(
          { occasion, occasionOn: '2026-09-01', refreshedOn, reports, stage: 'PRIMARY' },
          today,
          place,
          calendar,
        ),
      ),
    );

  it(holds('ARC-07', 'is not asked for at a term’s opening of a student who does not report then'), () => {
    for (const found of judge(null, '2027-01-01', 'TERM_OPENED', false)) expect(found).toEqual([]);
    expect(judge(null, '2027-01-01', 'TRANSFER_COMPLETED', false).flat()).not.toEqual([]);
  });

  it(holds('ARC-07', 'follows the opening of a term or a transfer within ten working days'), () => {
    for (const occasion of ['TERM_OPENED', 'TRANSFER_COMPLETED'] as const) {
      for (const found of judge('2026-09-15', '2027-01-01', occasion)) expect(found).toEqual([]);
      for (const found of judge(null, '2026-09-15', occasion)) expect(found).toEqual([]);
    }
  });

  it(breaks('ARC-07', 'is on record from the next day on, and an earlier one does not count'), () => {
    for (const occasion of ['TERM_OPENED', 'TRANSFER_COMPLETED'] as const) {
      for (const refreshedOn of [null, '2026-08-31', '2026-09-16']) {
        for (const found of judge(refreshedOn, '2026-09-16', occasion)) {
          expect(found).toEqual(['ARC-07 RECORD ARCHIVE_NOT_REFRESHED']);
        }
      }
    }
  });

  it('is asked for by no text before 2025', () => {
    expect(refreshDue('2025-01-02', ELSEWHERE, 'PRIMARY', calendar)).toBeUndefined();
    const facts = {
      occasion: 'TERM_OPENED',
      occasionOn: '2024-09-01',
      refreshedOn: null,
      reports: true,
      stage: 'PRIMARY',
    } as const;
    expect(judgeRefresh(facts, '2026-09-01', ELSEWHERE, calendar)).toEqual([]);
    expect(refreshDue(new Date('2026-08-31T16:00:00Z'), SHANXI, 'PRIMARY', calendar)?.dueDate).toBe(
      '2026-09-15',
    );
  });
});

describe('the paper beside an archive', () => {
  const print = (reason: string | null, keeper: string | null, on = ON) =>
    PLACES.map((place) => said(judgePaper({ stage: 'PRIMARY', reason, keeper }, on, place)));

  it(holds('ARC-05', 'is printed for a reason and has a keeper'), () => {
    for (const found of print('升学报名', '教务处')) expect(found).toEqual([]);
    expect(judgePaper({ stage: 'PRIMARY', reason: null, keeper: null }, '2025-01-02', ELSEWHERE)).toEqual([]);
  });

  it(breaks('ARC-05', 'is warned of without either'), () => {
    for (const [reason, keeper] of [
      [null, '教务处'],
      ['升学报名', null],
      [' ', '教务处'],
    ] as const) {
      for (const found of print(reason, keeper))
        expect(found).toEqual(['ARC-05 WARN PAPER_ARCHIVE_WITHOUT_REASON']);
    }
  });

  const counterpart = (onPaper: readonly ArchiveCategory[], openedOn = '2025-01-02', place = BEIGUAN) =>
    said(judgePaperCounterpart({ stage: 'PRIMARY', openedOn, onPaper }, ON, place));

  it(holds('ARC-06', 'of an older archive of Beiguan has four categories, of others none'), () => {
    const four = paperCategories('2025-01-02', BEIGUAN, 'PRIMARY');
    expect(four).toEqual(['BASIC_INFO', 'PROOFS', 'COMPREHENSIVE_QUALITY', 'AWARDS']);
    expect(counterpart(four)).toEqual([]);
    expect(counterpart(ARCHIVE_CATEGORIES)).toEqual([]);
    expect(counterpart([], '2025-01-03')).toEqual([]);
    expect(counterpart([], '2024-09-01', SHANXI)).toEqual([]);
    expect(paperCategories('2024-09-01', BEIGUAN, 'SENIOR')).toEqual([]);
  });

  it(breaks('ARC-06', 'of an older archive of Beiguan is warned of while one of the four lacks'), () => {
    expect(counterpart(['BASIC_INFO', 'PROOFS', 'AWARDS'])).toEqual(['ARC-06 WARN PAPER_COPY_MISSING']);
    expect(counterpart([], '2020-01-01')).toEqual(['ARC-06 WARN PAPER_COPY_MISSING']);
  });
});
