import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { type PlanFacts, type PlanSide, planOf, sideOf, unitOf } from './parties.ts';

const ON = '2026-09-07';
const source: PlanSide = { place: { ...SHANXI, county: '140106' }, school: 'S1', authority: '140106' };
const target: PlanFacts['target'] = {
  place: SHANXI,
  school: 'S2',
  authority: '140105',
  ownership: 'PUBLIC',
  competentAuthority: '140105',
};
const facts = (changes: Partial<PlanFacts> = {}): PlanFacts => ({
  kind: 'IN_PROVINCE_TRANSFER',
  stage: 'PRIMARY',
  source,
  target,
  ...changes,
});
const statesOf = (changes: Partial<PlanFacts> = {}) =>
  planOf(facts(changes), ON).turns.map(({ state, parties }) => `${state}: ${parties.join(' + ')}`);

const USUAL = [
  'DRAFT: TARGET_SCHOOL',
  'SOURCE_SCHOOL_REVIEW: SOURCE_SCHOOL',
  'AUTHORITIES_REVIEW: SOURCE_AUTHORITY + TARGET_AUTHORITY',
];

describe('the parties of a case', () => {
  it(
    holds(
      'TRF-02',
      'the receiving school starts, the sending school and both authorities decide, everywhere',
    ),
    () => {
      for (const place of [SHANXI, ELSEWHERE]) {
        expect(statesOf({ target: { ...target, place } })).toEqual(USUAL);
      }
      const senior = { stage: 'SENIOR' as const, target: { ...target, place: BEIGUAN } };
      expect(statesOf(senior)).toEqual(USUAL);
    },
  );

  it('are called up across provinces only', () => {
    expect(planOf(facts(), ON).way).toBe('TRANSFER');
    expect(planOf(facts({ source: { ...source, place: ELSEWHERE } }), ON).way).toBe('CALLED_UP_TRANSFER');
    const vocational = facts({ kind: 'ORDINARY_VOCATIONAL_TRANSFER', stage: 'SENIOR' });
    expect(planOf(vocational, ON).way).toBe('TRANSFER');
    expect(planOf({ ...vocational, source: { ...source, place: ELSEWHERE } }, ON).way).toBe(
      'CALLED_UP_TRANSFER',
    );
  });

  it('are the two counties alone, the receiving one first, where a graduate goes on in another province', () => {
    const study = facts({ kind: 'CROSS_PROVINCE_STUDY', source: { ...source, place: ELSEWHERE } });
    expect(planOf(study, ON)).toEqual({
      way: 'STUDY',
      turns: [
        { state: 'DRAFT', parties: ['TARGET_SCHOOL'] },
        { state: 'TARGET_COUNTY_REVIEW', parties: ['TARGET_AUTHORITY'] },
        { state: 'SOURCE_COUNTY_REVIEW', parties: ['SOURCE_AUTHORITY'] },
      ],
    });
  });

  it(holds('TRF-46', 'a case of another place than Beiguan starts without filing'), () => {
    expect(statesOf()).not.toContain('PREFILING: PREFILING_BUREAU');
  });

  it(
    breaks('TRF-46', 'one into Beiguan goes to the bureau first, and the school starts it afterwards'),
    () => {
      const into = facts({ target: { ...target, place: BEIGUAN } });
      expect(planOf(into, ON).turns.map(({ state, parties }) => [state, ...parties])).toEqual([
        ['DRAFT', 'TARGET_SCHOOL'],
        ['PREFILING', 'PREFILING_BUREAU'],
        ['PREFILING', 'TARGET_SCHOOL'],
        ['SOURCE_SCHOOL_REVIEW', 'SOURCE_SCHOOL'],
        ['AUTHORITIES_REVIEW', 'SOURCE_AUTHORITY', 'TARGET_AUTHORITY'],
      ]);
      expect(planOf(into, '2019-12-31').turns[0]?.parties).toEqual(['TARGET_SCHOOL']);
      expect(planOf(into, '2019-12-31').turns).toHaveLength(3);
    },
  );

  it(
    holds('TRF-25', 'a private school outside Shanxi, and a public one in it, need no further review'),
    () => {
      const elsewhere = {
        ...target,
        place: ELSEWHERE,
        ownership: 'PRIVATE' as const,
        competentAuthority: '44',
      };
      expect(statesOf({ target: elsewhere })).toEqual(USUAL);
      expect(statesOf({ target: { ...target, competentAuthority: '140100' } })).toEqual(USUAL);
    },
  );

  it(
    breaks(
      'TRF-25',
      'into a private school of Shanxi its competent authority decides too, from the rules of 2026 on',
    ),
    () => {
      const own = { ...target, ownership: 'PRIVATE' as const, competentAuthority: '140100' };
      const last = 'AUTHORITIES_REVIEW: SOURCE_AUTHORITY + TARGET_AUTHORITY + TARGET_COMPETENT_AUTHORITY';
      expect(statesOf({ target: own }).at(-1)).toBe(last);
      expect(planOf(facts({ target: own }), '2026-02-09').turns.at(-1)?.parties).toHaveLength(2);
      expect(planOf(facts({ target: own }), '2026-02-10').turns.at(-1)?.parties).toHaveLength(3);
      expect(statesOf({ target: { ...own, competentAuthority: '140105' } })).toEqual(USUAL);
    },
  );

  it('of a kindergarten are those of W-09, whoever owns it and wherever it is', () => {
    const far = { ...source, place: ELSEWHERE };
    const own = { ...target, ownership: 'PRIVATE' as const, competentAuthority: '140100' };
    const child = facts({ kind: 'CROSS_PROVINCE_TRANSFER', stage: 'PRESCHOOL', source: far, target: own });
    expect(planOf(child, ON).way).toBe('TRANSFER');
    expect(planOf(child, ON).turns.map(({ state, parties }) => `${state}: ${parties.join(' + ')}`)).toEqual(
      USUAL,
    );
  });

  it('decide once where one authority answers for both schools', () => {
    expect(statesOf({ source: { ...source, authority: '140105' } }).at(-1)).toBe(
      'AUTHORITIES_REVIEW: TARGET_AUTHORITY',
    );
  });

  it('are the units that the facts name, each under the law of its side', () => {
    const named = facts({ target: { ...target, competentAuthority: '140100' } });
    expect(unitOf('TARGET_SCHOOL', named)).toBe('S2');
    expect(unitOf('PREFILING_BUREAU', named)).toBe('140105');
    expect(unitOf('SOURCE_SCHOOL', named)).toBe('S1');
    expect(unitOf('SOURCE_AUTHORITY', named)).toBe('140106');
    expect(unitOf('TARGET_AUTHORITY', named)).toBe('140105');
    expect(unitOf('TARGET_COMPETENT_AUTHORITY', named)).toBe('140100');
    expect([sideOf('SOURCE_SCHOOL'), sideOf('SOURCE_AUTHORITY')]).toEqual(['SOURCE', 'SOURCE']);
    expect([sideOf('TARGET_SCHOOL'), sideOf('TARGET_COMPETENT_AUTHORITY')]).toEqual(['TARGET', 'TARGET']);
  });
});
