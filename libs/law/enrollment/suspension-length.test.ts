import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { addDays } from '../dates.ts';
import type { LawPlace } from '../finding.ts';
import { years } from '../parameters/parameter.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { spanEnd } from './suspended-time.ts';
import { judgeSuspensionLength, type SuspensionLengthFacts } from './suspension-length.ts';

const ON = '2026-09-07';
const judge = (changes: Partial<SuspensionLengthFacts>, place: LawPlace = SHANXI, on = ON) =>
  judgeSuspensionLength(
    {
      stage: 'JUNIOR',
      period: { from: '2026-09-07', to: '2027-01-31' },
      earlier: [],
      graduatingGrade: false,
      term: 1,
      ...changes,
    },
    on,
    place,
  ).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const until = (to: string, from = '2026-09-07') => ({ period: { from, to } });

const TOO_LONG = ['ENR-44 REJECT SUSPENSION_TOO_LONG'];
const EXCEEDED = ['ENR-45 REJECT SUSPENSION_TOTAL_EXCEEDED'];

describe('the length of one suspension', () => {
  it(
    holds('ENR-44', 'a year to the same day number, or to the last day of the month, is lawful everywhere'),
    () => {
      for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
        expect(judge(until('2027-09-06'), place)).toEqual([]);
        expect(judge(until('2027-09-07'), place)).toEqual([]);
      }
      expect(judge(until('2029-02-28', '2028-02-29'))).toEqual([]);
      expect(judge(until('2026-09-07'))).toEqual([]);
    },
  );

  it(breaks('ENR-44', 'a day more is refused everywhere, in Beiguan too'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judge(until('2027-09-08'), place)).toEqual(TOO_LONG);
    }
    expect(judge(until('2029-03-01', '2028-02-29'))).toEqual(TOO_LONG);
  });

  it('has no limit before the 2025 measure, except in Beiguan', () => {
    const long = until('2027-09-08');
    expect(judge(long, ELSEWHERE, '2025-01-02')).toEqual([]);
    expect(judge(long, ELSEWHERE, '2025-01-03')).toEqual(TOO_LONG);
    expect(judge(long, BEIGUAN, '2025-01-02')).toEqual(TOO_LONG);
    expect(judge({ ...long, stage: 'SENIOR' }, BEIGUAN, '2025-01-02')).toEqual([]);
  });

  it('does not end before it begins', () => {
    expect(judge(until('2026-09-06'))).toEqual(['ENR-39 REJECT SUSPENSION_PERIOD_INVALID']);
  });
});

describe('the suspensions of a senior pupil together', () => {
  const year = { from: '2026-09-01', to: '2027-09-01' };

  it(holds('ENR-45', 'two full years are lawful, and so are any two lawful applications'), () => {
    expect(judge({ stage: 'SENIOR', earlier: [year], ...until('2028-10-08', '2027-10-08') })).toEqual([]);
    const anyDay = fc.integer({ min: 0, max: 1_500 }).map((n) => addDays('2026-03-01', n));
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        const earlier = [{ from: a, to: spanEnd(a, years(1)) }];
        expect(judge({ stage: 'SENIOR', earlier, ...until(spanEnd(b, years(1)), b) })).toEqual([]);
      }),
    );
  });

  it(breaks('ENR-45', 'a day beyond two years is refused in Shanxi, over any number of suspensions'), () => {
    const half = { from: '2028-01-01', to: '2028-07-01' };
    expect(judge({ stage: 'SENIOR', earlier: [year, half], ...until('2029-03-04', '2028-09-01') })).toEqual(
      [],
    );
    const beyond = { earlier: [year, half], ...until('2029-03-05', '2028-09-01') };
    expect(judge({ stage: 'SENIOR', ...beyond })).toEqual(EXCEEDED);
    expect(judge({ stage: 'JUNIOR', ...beyond })).toEqual([]);
    expect(judge({ stage: 'SENIOR', ...beyond }, ELSEWHERE)).toEqual([]);
    expect(judge({ stage: 'SENIOR', ...beyond }, BEIGUAN)).toEqual([]);
    expect(judge({ stage: 'SENIOR', ...beyond }, SHANXI, '2026-02-09')).toEqual([]);
  });

  it('says that one application is too long and the total too', () => {
    expect(judge({ stage: 'SENIOR', earlier: [year], ...until('2028-10-09', '2027-10-08') })).toEqual([
      ...TOO_LONG,
      ...EXCEEDED,
    ]);
  });
});

describe('suspension near graduation', () => {
  it(holds('ENR-46', 'a graduating pupil of primary or junior is suspended in the first term'), () => {
    for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
      expect(judge({ stage, graduatingGrade: true, term: 1 })).toEqual([]);
      expect(judge({ stage, graduatingGrade: false, term: 2 })).toEqual([]);
      expect(judge({ stage, graduatingGrade: true, term: 2 }, BEIGUAN)).toEqual([]);
      expect(judge({ stage, graduatingGrade: true, term: 2 }, ELSEWHERE)).toEqual([]);
    }
    expect(judge({ stage: 'SENIOR', graduatingGrade: false, term: 2 })).toEqual([]);
    expect(judge({ stage: 'SENIOR', graduatingGrade: true }, ELSEWHERE)).toEqual([]);
  });

  it(
    breaks('ENR-46', 'in the second term it is held, in the senior graduating grade refused in any term'),
    () => {
      for (const stage of ['PRIMARY', 'JUNIOR'] as const) {
        expect(judge({ stage, graduatingGrade: true, term: 2 })).toEqual([
          'ENR-46 HOLD SUSPENSION_GRADUATING_TERM',
        ]);
      }
      for (const term of [1, 2] as const) {
        expect(judge({ stage: 'SENIOR', graduatingGrade: true, term })).toEqual([
          'ENR-46 REJECT SUSPENSION_GRADUATING_GRADE',
        ]);
      }
    },
  );
});
