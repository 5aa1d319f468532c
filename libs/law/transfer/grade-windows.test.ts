import { breaks, holds } from '#test/support/rules.ts';
import type { LocalGrade } from '../enrollment/compulsory-year.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { TERMS } from '../testing/transfer.ts';
import {
  judgeClosedGrade,
  judgeExamRegistration,
  judgeVocationalWindow,
  type VocationalWindowFacts,
} from './grade-windows.ts';

const grade = (stage: LocalGrade['stage'], n: number, system: LocalGrade['system'] = 'S63'): LocalGrade => ({
  stage,
  grade: n,
  system,
});
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('closed grades and terms', () => {
  const closed = (local: LocalGrade, on: string, place: LawPlace = SHANXI, terms = TERMS) =>
    codes(judgeClosedGrade({ ...local, terms }, on, place));
  const HELD = ['TRF-14 HOLD GRADE_TERM_CLOSED'];
  const STARTING = [grade('PRIMARY', 1), grade('JUNIOR', 1), grade('SENIOR', 1), grade('JUNIOR', 1, 'S54')];
  const GRADUATING = [
    grade('PRIMARY', 6),
    grade('PRIMARY', 5, 'S54'),
    grade('JUNIOR', 3),
    grade('JUNIOR', 4, 'S54'),
    grade('JUNIOR', 9, 'NINE_YEAR'),
    grade('SENIOR', 3),
    grade('SENIOR', 12, 'TWELVE_YEAR'),
  ];

  it(
    holds('TRF-14', 'every other grade and term is open, and each of them outside of its closed term'),
    () => {
      for (const local of [
        grade('PRIMARY', 3),
        grade('PRIMARY', 5),
        grade('JUNIOR', 2),
        grade('SENIOR', 2),
      ]) {
        expect(closed(local, '2026-10-01')).toEqual([]);
        expect(closed(local, '2027-04-01')).toEqual([]);
      }
      for (const local of STARTING) {
        for (const on of ['2027-01-23', '2027-03-01', '2027-07-09']) expect(closed(local, on)).toEqual([]);
      }
      for (const local of GRADUATING) {
        for (const on of ['2026-09-01', '2027-01-22', '2027-02-28']) expect(closed(local, on)).toEqual([]);
      }
    },
  );

  it(breaks('TRF-14', 'starting grades wait in the first term, graduating ones in the second'), () => {
    for (const local of STARTING) {
      for (const on of ['2026-09-01', '2027-01-22']) expect(closed(local, on)).toEqual(HELD);
    }
    for (const local of GRADUATING) {
      for (const on of ['2027-03-01', '2027-07-09']) expect(closed(local, on)).toEqual(HELD);
    }
  });

  it('are Shanxi’s alone, from its rules of 2026 on', () => {
    for (const place of [BEIGUAN, ELSEWHERE])
      expect(closed(grade('PRIMARY', 1), '2026-09-07', place)).toEqual([]);
    const terms = [
      { schoolYear: 2025, season: 'AUTUMN' as const, opensOn: '2025-09-01', closesOn: '2026-02-13' },
    ];
    expect(closed(grade('PRIMARY', 1), '2026-02-09', SHANXI, terms)).toEqual([]);
    expect(closed(grade('PRIMARY', 1), '2026-02-10', SHANXI, terms)).toEqual(HELD);
  });

  it('are not guessed without the calendar of the term (ORG-28), nor asked of other grades', () => {
    expect(closed(grade('PRIMARY', 1), '2026-09-07', SHANXI, [])).toEqual(['ORG-28 HOLD CALENDAR_MISSING']);
    expect(closed(grade('PRIMARY', 2), '2026-09-07', SHANXI, [])).toEqual([]);
    expect(closed(grade('PRESCHOOL', 1), '2026-09-07', SHANXI, [])).toEqual([]);
  });
});

describe('the registration for the college entrance examination', () => {
  const judge = (n: number, on: string, endsOn: string | null = '2026-11-10', place: LawPlace = SHANXI) =>
    codes(judgeExamRegistration({ ...grade('SENIOR', n), examRegistrationEndsOn: endsOn }, on, place));

  it(
    holds('TRF-16', 'until its last day, in other grades, and where no text speaks, nothing is closed'),
    () => {
      expect(judge(3, '2026-11-10')).toEqual([]);
      expect(judge(2, '2026-11-11')).toEqual([]);
      expect(judge(3, '2026-11-11', null)).toEqual([]);
      for (const place of [BEIGUAN, ELSEWHERE])
        expect(judge(3, '2026-11-11', '2026-11-10', place)).toEqual([]);
      const junior = { ...grade('JUNIOR', 3), examRegistrationEndsOn: '2026-11-10' };
      expect(judgeExamRegistration(junior, '2026-11-11', SHANXI)).toEqual([]);
    },
  );

  it(breaks('TRF-16', 'from the day after it the graduating senior grade waits for the authority'), () => {
    expect(judge(3, '2026-11-11')).toEqual(['TRF-16 HOLD EXAM_REGISTRATION_CLOSED']);
  });
});

describe('the way from senior to vocational school', () => {
  const judge = (
    n: number,
    appliedOn: string,
    changes: Partial<VocationalWindowFacts> = {},
    place = SHANXI,
  ) =>
    codes(
      judgeVocationalWindow(
        {
          ...{ from: grade('SENIOR', n), appliedOn, startsOn: appliedOn },
          ...{ terms: TERMS, threeYearMajor: true, ...changes },
        },
        place,
      ),
    );
  const OUTSIDE = ['TRF-27 REJECT OUTSIDE_VOCATIONAL_WINDOW'];

  it(breaks('TRF-27', 'opens for no application of a day before the windows were the law'), () => {
    expect(judge(2, '2026-02-09', { startsOn: '2027-01-20' })).toHaveLength(1);
  });

  it(holds('TRF-27', 'is open in the last 14 days of terms 2 and 3 and in the first week of term 4'), () => {
    for (const day of ['2027-06-26', '2027-07-09']) expect(judge(1, day)).toEqual([]);
    for (const day of ['2027-01-09', '2027-01-22']) expect(judge(2, day)).toEqual([]);
    for (const day of ['2027-03-01', '2027-03-07']) expect(judge(2, day)).toEqual([]);
    expect(judge(10, '2027-07-09', { from: grade('SENIOR', 10, 'TWELVE_YEAR') })).toEqual([]);
  });

  it(breaks('TRF-27', 'is closed on the day before and after, in other years, and to shorter majors'), () => {
    for (const day of ['2027-06-25', '2027-07-10', '2027-01-22', '2027-03-01'])
      expect(judge(1, day)).toEqual(OUTSIDE);
    for (const day of ['2027-01-08', '2027-01-23', '2027-02-28', '2027-03-08', '2027-07-01']) {
      expect(judge(2, day)).toEqual(OUTSIDE);
    }
    for (const day of ['2027-01-22', '2027-03-01', '2027-07-01']) expect(judge(3, day)).toEqual(OUTSIDE);
    expect(judge(2, '2027-03-08', { threeYearMajor: false })).toEqual([
      'TRF-27 REJECT NOT_THREE_YEAR_MAJOR',
      ...OUTSIDE,
    ]);
  });

  it('is Shanxi’s rule alone, and is not guessed without a calendar', () => {
    for (const place of [BEIGUAN, ELSEWHERE]) {
      expect(judge(3, '2026-10-01', { threeYearMajor: false }, place)).toEqual([]);
    }
    expect(judge(2, '2027-03-01', { terms: [] })).toEqual(['ORG-28 HOLD CALENDAR_MISSING']);
  });
});
