import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../finding.ts';
import type { Term } from '../organization/term-calendar.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type DeferralFacts, judgeDeferral, judgeDeferralEnd, judgeLateEntry } from './deferral.ts';

const autumn = (schoolYear: number): Term => ({
  schoolYear,
  season: 'AUTUMN',
  opensOn: `${schoolYear}-09-01`,
  closesOn: `${schoolYear + 1}-01-22`,
});
const TERMS = [autumn(2026), autumn(2027)];

const judge = (place: LawPlace, on: string, changes: Partial<DeferralFacts> = {}) =>
  judgeDeferral(
    { schoolYear: 2026, householdCounty: place.county ?? '', terms: TERMS, decided: true, ...changes },
    on,
    place,
  );
const said = (findings: ReturnType<typeof judge>) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the deferral of entry', () => {
  it(
    holds('ENR-11', 'Shanxi takes applications until the eve of the school year, others at any time'),
    () => {
      expect(judge(SHANXI, '2026-08-31')).toEqual([]);
      expect(judge(ELSEWHERE, '2026-09-01')).toEqual([]);
      expect(judge(ELSEWHERE, '2027-03-01', { terms: [] })).toEqual([]);
    },
  );

  it(breaks('ENR-11', 'from the opening day on Shanxi refuses DEFERRAL_OUT_OF_TIME'), () => {
    for (const on of ['2026-09-01', '2026-09-02']) {
      expect(judge(SHANXI, on)).toMatchObject([
        { ruleId: 'ENR-11', outcome: 'REJECT', code: 'DEFERRAL_OUT_OF_TIME', ownerLevel: 'GUARDIAN' },
      ]);
    }
  });

  it(breaks('ENR-11', 'another county than that of the household is the wrong authority'), () => {
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(said(judge(place, '2026-08-01', { householdCounty: '110101' }))).toEqual([
        'ENR-11 REJECT DEFERRAL_WRONG_AUTHORITY',
      ]);
    }
  });

  it('names everything at once', () => {
    expect(said(judge(SHANXI, '2026-09-01', { householdCounty: '110101' }))).toEqual([
      'ENR-11 REJECT DEFERRAL_WRONG_AUTHORITY',
      'ENR-11 REJECT DEFERRAL_OUT_OF_TIME',
    ]);
  });

  it('waits in Shanxi for a term that nobody has entered', () => {
    expect(said(judge(SHANXI, '2026-08-01', { terms: [] }))).toEqual(['ORG-28 HOLD CALENDAR_MISSING']);
  });

  it('is told that the rules of 2019 are not at hand, and is not late under them', () => {
    expect(said(judge(SHANXI, '2025-09-01', { schoolYear: 2025, terms: [autumn(2025)] }))).toEqual([
      'ORG-27 WARN LAYER_TEXT_UNKNOWN',
    ]);
    expect(judge(ELSEWHERE, '2025-01-02', { householdCounty: '110101' })).toEqual([]);
    expect(judge(ELSEWHERE, '2025-01-03', { householdCounty: '110101' })).toHaveLength(1);
  });

  it('is over with the next school year', () => {
    const end = (on: string, changes: object = {}) =>
      said(
        judgeDeferralEnd(
          { schoolYear: 2026, entered: false, renewed: false, terms: TERMS, ...changes },
          on,
          ELSEWHERE,
        ),
      );
    expect(end('2027-08-31')).toEqual([]);
    expect(end('2027-09-01')).toEqual(['ENR-11 RECORD DEFERRAL_EXPIRED']);
    expect(end('2027-09-01', { entered: true })).toEqual([]);
    expect(end('2027-09-01', { renewed: true })).toEqual([]);
    expect(end('2027-09-01', { terms: [] })).toEqual(['ORG-28 HOLD CALENDAR_MISSING']);
  });
});

describe('a later entry in Beiguan', () => {
  const HN = 'ORG-27 WARN LAYER_TEXT_UNKNOWN';

  it(holds('ENR-12', 'what the bureau has decided goes on, at any time of the year'), () => {
    expect(said(judge(BEIGUAN, '2026-09-02'))).toEqual([HN]);
    const child = { birthDate: '2019-08-31', entryYear: 2026 };
    expect(judgeLateEntry({ ...child, decided: true }, '2026-09-01', BEIGUAN)).toEqual([]);
    expect(
      judgeLateEntry({ birthDate: '2019-09-01', entryYear: 2026, decided: false }, '2026-09-01', BEIGUAN),
    ).toEqual([]);
  });

  it(breaks('ENR-12', 'before that a deferral, and the entry of a child of age last year, waits'), () => {
    expect(said(judge(BEIGUAN, '2026-08-01', { decided: false }))).toEqual([
      'ENR-12 HOLD DEFERRAL_DECISION_PENDING',
      HN,
    ]);
    const late = { birthDate: '2019-08-31', entryYear: 2026, decided: false };
    expect(judgeLateEntry(late, '2026-09-01', BEIGUAN)).toMatchObject([
      { ruleId: 'ENR-12', outcome: 'HOLD', code: 'LATE_ENTRY_DECISION_PENDING', ownerLevel: 'COUNTY' },
    ]);
    for (const place of [SHANXI, ELSEWHERE]) {
      expect(judgeLateEntry(late, '2026-09-01', place)).toEqual([]);
      expect(judge(place, '2026-08-01', { decided: false })).toEqual([]);
    }
  });
});
