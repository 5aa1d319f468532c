import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { addDays, addMonths } from '../dates.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  checkWindow,
  judgeConfirming,
  judgeCountyTermCheck,
  judgeLeftOpen,
  judgeSchoolCheck,
} from './term-check.ts';

const said = (findings: { ruleId: string; outcome: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

/** Terms that open after the Shanxi rules came into force, and last for three to five months. */
const terms = fc
  .record({ ahead: fc.integer({ min: 0, max: 1400 }), lasts: fc.integer({ min: 90, max: 150 }) })
  .map(({ ahead, lasts }) => {
    const opensOn = addDays('2026-02-10', ahead);
    return { schoolYear: 2026, season: 'SPRING', opensOn, closesOn: addDays(opensOn, lasts) } as const;
  });
const AUTUMN = {
  schoolYear: 2026,
  season: 'AUTUMN',
  opensOn: '2026-09-01',
  closesOn: '2027-01-15',
} as const;

describe('a school’s check of a term', () => {
  it(
    holds('STA-03', 'counts in Shanxi from the day a month after the opening to the last of the term'),
    () => {
      expect(checkWindow(AUTUMN, SHANXI)).toEqual({ from: '2026-10-01', to: '2027-01-15' });
      fc.assert(
        fc.property(terms, fc.integer({ min: 0, max: 200 }), (term, later) => {
          const window = checkWindow(term, SHANXI);
          expect(window).toEqual({ from: addMonths(term.opensOn, 1), to: term.closesOn });
          const on = addDays(window.from, later);
          if (on <= term.closesOn) expect(judgeConfirming(window, on, SHANXI)).toEqual([]);
        }),
      );
    },
  );

  it(breaks('STA-03', 'is refused there on every day before, with article 49'), () => {
    fc.assert(
      fc.property(terms, fc.integer({ min: 0, max: 40 }), (term, later) => {
        const window = checkWindow(term, SHANXI);
        const on = addDays(term.opensOn, later);
        const findings = judgeConfirming(window, on, SHANXI);
        expect(said(findings)).toEqual(on < window.from ? ['STA-03 REJECT TERM_CHECK_TOO_EARLY'] : []);
        if (on < window.from) {
          expect(findings[0]?.basis).toContainEqual(
            expect.objectContaining({ layer: 'SX26', article: '第四十九条' }),
          );
        }
      }),
    );
  });

  it(holds('STA-03', 'counts elsewhere, and in Beiguan, from the opening on'), () => {
    for (const place of [ELSEWHERE, BEIGUAN]) {
      expect(checkWindow(AUTUMN, place)).toEqual({ from: '2026-09-01', to: '2027-01-15' });
      expect(judgeConfirming(checkWindow(AUTUMN, place), '2026-09-01', place)).toEqual([]);
    }
  });

  it('keeps the law of the opening day: before the Shanxi rules a term was checked from its opening on', () => {
    const before = { ...AUTUMN, schoolYear: 2025, opensOn: '2025-09-01', closesOn: '2026-01-30' };
    expect(checkWindow(before, SHANXI).from).toBe('2025-09-01');
  });

  it(
    breaks('STA-03', 'is on record as missing from 24:00 of the last day on, everywhere, and not before'),
    () => {
      fc.assert(
        fc.property(
          terms,
          fc.integer({ min: -3, max: 3 }),
          fc.constantFrom(SHANXI, BEIGUAN, ELSEWHERE),
          (term, later, place) => {
            const window = checkWindow(term, place);
            const on = addDays(window.to, later);
            const missing = later > 0 ? ['STA-03 RECORD TERM_CHECK_MISSING'] : [];
            expect(said(judgeSchoolCheck({ window, isChecked: false }, on, place))).toEqual(missing);
            expect(judgeSchoolCheck({ window, isChecked: true }, on, place)).toEqual([]);
            expect(said(judgeConfirming(window, on, place))).toEqual(missing);
          },
        ),
      );
    },
  );

  it(breaks('STA-05', 'names what it leaves open, in Shanxi by article 49'), () => {
    const left = { problems: 2, unverified: 1, unfinished: 0, withoutRecord: 3 };
    expect(said(judgeLeftOpen(left, '2026-10-08', SHANXI))).toEqual([
      'STA-05 RECORD PROBLEM_RECORD_OPEN',
      'STA-03 RECORD TERM_CHECK_FAULTS_OPEN',
    ]);
    expect(said(judgeLeftOpen({ ...left, problems: 0 }, '2026-10-08', BEIGUAN))).toEqual([
      'STA-03 RECORD TERM_CHECK_FAULTS_OPEN',
    ]);
  });

  it(holds('STA-05', 'says nothing where person and record agree'), () => {
    const left = { problems: 0, unverified: 0, unfinished: 0, withoutRecord: 0 };
    expect(judgeLeftOpen(left, '2026-10-08', SHANXI)).toEqual([]);
  });
});

describe('a county’s check of a term', () => {
  const { closesOn } = AUTUMN;

  it(holds('STA-04', 'is in time to the last day of the term, and not owed before it is over'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) {
      expect(judgeCountyTermCheck({ closesOn, checkedOn: closesOn }, '2027-03-01', place)).toEqual([]);
      expect(judgeCountyTermCheck({ closesOn, checkedOn: null }, closesOn, place)).toEqual([]);
    }
  });

  it(breaks('STA-04', 'is on record as missing from the day after, however late it then comes'), () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.boolean(), (later, comes) => {
        const on = addDays(closesOn, later);
        expect(said(judgeCountyTermCheck({ closesOn, checkedOn: comes ? on : null }, on, SHANXI))).toEqual([
          'STA-04 RECORD COUNTY_CHECK_MISSING',
        ]);
      }),
    );
  });
});
