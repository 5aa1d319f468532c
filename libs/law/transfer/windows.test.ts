import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { addDays } from '../dates.ts';
import type { LawPlace, Stage } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { TERMS } from '../testing/transfer.ts';
import type { CaseKind } from './kinds.ts';
import { type AcceptanceFacts, judgeAcceptance, judgeStudyWindow, judgeSummerStop } from './windows.ts';

const at = (text: string): Date => new Date(`${text}+08:00`);
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('the summer stop', () => {
  const started = (instant: string, place: LawPlace = ELSEWHERE, kind: CaseKind = 'IN_PROVINCE_TRANSFER') =>
    codes(judgeSummerStop(kind, at(instant), place));

  it(
    holds('TRF-08', 'a transfer starts until 14 July 23:59:59 and from 15 August 00:00:00, everywhere'),
    () => {
      for (const place of PLACES) {
        expect(started('2026-07-14T23:59:59', place)).toEqual([]);
        expect(started('2026-08-15T00:00:00', place)).toEqual([]);
        expect(started('2016-06-05T12:00:00', place)).toEqual([]);
      }
      expect(started('2026-08-01T00:00:00', SHANXI, 'CROSS_PROVINCE_STUDY')).toEqual([]);
    },
  );

  it(breaks('TRF-08', 'none starts from 15 July 00:00:00 to 14 August 23:59:59.999'), () => {
    for (const place of PLACES) {
      for (const instant of ['2026-07-15T00:00:00', '2026-08-14T23:59:59.999', '2027-08-01T12:00:00']) {
        expect(started(instant, place)).toEqual(['TRF-08 REJECT TRANSFER_INITIATION_SUSPENDED']);
      }
    }
    expect(started('2026-07-20T10:00:00', SHANXI, 'ORDINARY_VOCATIONAL_TRANSFER')).toHaveLength(1);
  });
});

describe('the windows of cross-province study', () => {
  const started = (instant: string, place: LawPlace = ELSEWHERE) =>
    codes(judgeStudyWindow('CROSS_PROVINCE_STUDY', at(instant), place));

  it(
    holds('TRF-38', 'it starts from 15 August to 14 December and from 1 March to 31 May, to the second'),
    () => {
      for (const place of PLACES) {
        for (const instant of [
          '2026-08-15T00:00:00',
          '2026-12-14T23:59:59',
          '2027-03-01T00:00:00',
          '2027-05-31T23:59:59',
        ]) {
          expect(started(instant, place)).toEqual([]);
        }
      }
      expect(judgeStudyWindow('CROSS_PROVINCE_TRANSFER', at('2027-01-10T00:00:00'), SHANXI)).toEqual([]);
    },
  );

  it(breaks('TRF-38', 'the second before and the second after each window it is refused'), () => {
    for (const instant of [
      '2026-08-14T23:59:59',
      '2026-12-15T00:00:00',
      '2027-02-28T23:59:59',
      '2027-06-01T00:00:00',
    ]) {
      expect(started(instant)).toEqual(['TRF-38 REJECT CROSS_PROVINCE_STUDY_WINDOW_CLOSED']);
    }
  });

  it('leave no instant in both or in none of the stop and the open time', () => {
    fc.assert(
      fc.property(
        fc.date({ min: at('2025-01-01T00:00:00'), max: at('2029-12-31T00:00:00'), noInvalidDate: true }),
        (instant) => {
          const local = new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(5, 10);
          const stopped = judgeSummerStop('CROSS_PROVINCE_TRANSFER', instant, ELSEWHERE).length > 0;
          expect(stopped).toBe('07-15' <= local && local <= '08-14');
          const closed = judgeStudyWindow('CROSS_PROVINCE_STUDY', instant, ELSEWHERE).length > 0;
          const open = ('08-15' <= local && local <= '12-14') || ('03-01' <= local && local <= '05-31');
          expect(closed).toBe(!open);
        },
      ),
    );
  });
});

describe('the days on which applications are taken', () => {
  const applied = (appliedOn: string, place: LawPlace, changes: Partial<AcceptanceFacts> = {}) =>
    codes(
      judgeAcceptance(
        {
          kind: 'IN_PROVINCE_TRANSFER',
          acrossProvinces: false,
          toVocational: false,
          stage: 'PRIMARY',
          appliedOn,
          startsOn: appliedOn,
          terms: TERMS,
          ...changes,
        },
        place,
      ),
    );
  const ACROSS = { kind: 'CROSS_PROVINCE_TRANSFER', acrossProvinces: true } as const;

  it(
    holds('TRF-06', 'in Shanxi the fifteen days from the opening of each term, the opening day included'),
    () => {
      for (const day of ['2026-09-01', '2026-09-15', '2027-03-01', '2027-03-15']) {
        expect(applied(day, SHANXI)).toEqual([]);
        expect(applied(day, SHANXI, ACROSS)).toEqual([]);
        expect(applied(day, SHANXI, { stage: 'SENIOR' })).toEqual([]);
      }
    },
  );

  it(breaks('TRF-06', 'the sixteenth day and the day before the opening wait for the authority'), () => {
    for (const day of ['2026-08-31', '2026-09-16', '2027-02-28', '2027-03-16', '2026-12-01']) {
      expect(applied(day, SHANXI)).toEqual(['TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
      expect(applied(day, SHANXI, ACROSS)).toEqual(['TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
    }
    const terms = [
      { schoolYear: 2025, season: 'AUTUMN' as const, opensOn: '2025-09-01', closesOn: '2026-02-20' },
    ];
    expect(applied('2026-02-09', SHANXI, { terms })).toEqual([]);
    expect(applied('2026-02-10', SHANXI, { terms })).toEqual(['TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
  });

  it(
    holds('TRF-06', 'a case that starts later in the term of its application is still in the window'),
    () => {
      for (const startsOn of ['2026-09-16', '2027-01-10', '2027-01-30']) {
        expect(applied('2026-09-15', SHANXI, { startsOn })).toEqual([]);
      }
    },
  );

  it(breaks('TRF-06', 'no day of an earlier term or of an earlier law opens a window'), () => {
    const startsOn = '2026-09-20';
    for (const day of ['2026-03-02', '2026-02-09', '2025-09-05', '2012-01-01', '0001-01-01']) {
      expect(applied(day, SHANXI, { startsOn })).toEqual(['TRF-06 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
      expect(applied(day, BEIGUAN, { startsOn })).toEqual(['TRF-07 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
    }
    expect(applied('2026-09-05', SHANXI, { startsOn: '2027-03-02' })).toHaveLength(1);
  });

  it(
    holds(
      'TRF-07',
      'in Beiguan two months within the province, and any day from another or for senior schools',
    ),
    () => {
      for (const day of ['2026-09-01', '2026-10-31', '2027-03-01', '2027-04-30']) {
        expect(applied(day, BEIGUAN)).toEqual([]);
      }
      expect(applied('2026-11-01', BEIGUAN, ACROSS)).toEqual([]);
      expect(applied('2026-11-01', BEIGUAN, { stage: 'SENIOR' })).toEqual([]);
    },
  );

  it(breaks('TRF-07', 'two months after the opening the bureau decides'), () => {
    for (const day of ['2026-08-31', '2026-11-01', '2027-05-01']) {
      expect(applied(day, BEIGUAN)).toEqual(['TRF-07 HOLD OUTSIDE_ACCEPTANCE_WINDOW']);
    }
  });

  it('are all days where only the nation speaks', () => {
    for (const day of ['2026-08-31', '2026-12-01', '2027-07-14']) expect(applied(day, ELSEWHERE)).toEqual([]);
  });

  it('do not bind study, nor the way into a vocational school, which has windows of its own', () => {
    expect(applied('2026-12-01', SHANXI, { kind: 'CROSS_PROVINCE_STUDY' })).toEqual([]);
    expect(
      applied('2026-12-01', SHANXI, { kind: 'ORDINARY_VOCATIONAL_TRANSFER', toVocational: true }),
    ).toEqual([]);
    expect(
      applied('2026-12-01', SHANXI, { kind: 'ORDINARY_VOCATIONAL_TRANSFER', stage: 'SENIOR' }),
    ).toHaveLength(1);
  });

  it.each<[string, string]>([
    ['2026-08-20', 'AUTUMN of 2026'],
    ['2027-01-30', 'AUTUMN of 2026'],
    ['2027-02-01', 'SPRING of 2026'],
    ['2027-07-31', 'SPRING of 2026'],
    ['2027-08-01', 'AUTUMN of 2027'],
  ])('are not guessed on %s where the %s is not entered (ORG-28)', (day, term) => {
    const terms = TERMS.filter(({ season, schoolYear }) => `${season} of ${schoolYear}` !== term);
    expect(applied(day, SHANXI, { terms })).toEqual(['ORG-28 HOLD CALENDAR_MISSING']);
    expect(applied(day, ELSEWHERE, { terms: [] })).toEqual([]);
  });

  it('are exactly fifteen in a row for any opening day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -5, max: 60 }), (shift, offset) => {
        const opensOn = addDays('2026-08-20', shift);
        const terms = [{ schoolYear: 2026, season: 'AUTUMN' as const, opensOn, closesOn: '2027-01-20' }];
        const stage: Stage = 'JUNIOR';
        const held = applied(addDays(opensOn, offset), SHANXI, { terms, stage }).length > 0;
        expect(held).toBe(offset < 0 || offset >= 15);
      }),
    );
  });
});
