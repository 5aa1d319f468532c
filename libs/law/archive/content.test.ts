import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { addDays } from '../dates.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { said } from '../testing/said.ts';
import { AWARD_LEVELS, judgeAward, mustEnterAward } from './awards.ts';
import {
  DISCIPLINE_LEVELS,
  type DisciplinaryMeasure,
  isDisciplineInForce,
  isUnderDiscipline,
  judgeDisciplineEntry,
} from './discipline.ts';
import { isKeptOutOfArchive, judgeSpecializedEducation } from './specialized-education.ts';

const ON = '2026-09-07';

describe('awards', () => {
  it(holds('ARC-17', 'are entered in Shanxi from school level up, and at every level elsewhere'), () => {
    for (const level of AWARD_LEVELS) {
      if (level !== 'CLASS') expect(judgeAward({ level, stage: 'PRIMARY' }, ON, SHANXI)).toEqual([]);
      expect(judgeAward({ level, stage: 'PRIMARY' }, ON, ELSEWHERE)).toEqual([]);
      expect(judgeAward({ level, stage: 'PRIMARY' }, ON, BEIGUAN)).toEqual([]);
      expect(mustEnterAward(level, ON, SHANXI, 'PRIMARY')).toBe(level !== 'CLASS');
      expect(mustEnterAward(level, ON, ELSEWHERE, 'PRIMARY')).toBe(false);
    }
  });

  it(breaks('ARC-17', 'of a class are warned of in Shanxi, from its rules of 2026 on'), () => {
    const award = { level: 'CLASS', stage: 'PRIMARY' } as const;
    expect(said(judgeAward(award, ON, SHANXI))).toEqual(['ARC-17 WARN AWARD_LEVEL_TOO_LOW']);
    expect(judgeAward(award, '2026-02-09', SHANXI)).toEqual([]);
    expect(judgeAward(award, '2026-02-10', SHANXI)).toHaveLength(1);
  });
});

describe('discipline', () => {
  const judge = (level: (typeof DISCIPLINE_LEVELS)[number], place = SHANXI, stage = 'SENIOR' as const) =>
    said(judgeDisciplineEntry({ level, stage }, ON, place));

  it(holds('ARC-18', 'is entered from demerit up'), () => {
    for (const level of ['DEMERIT', 'PROBATION', 'EXPULSION'] as const) expect(judge(level)).toEqual([]);
  });

  it(breaks('ARC-18', 'below demerit stays out'), () => {
    for (const level of ['EDUCATIONAL_MEASURE', 'WARNING', 'SERIOUS_WARNING'] as const) {
      expect(judge(level)).toEqual(['ARC-18 REJECT DISCIPLINE_BELOW_THRESHOLD']);
    }
  });

  it('has no place in an archive where no text of the province puts it there', () => {
    for (const place of [ELSEWHERE, BEIGUAN]) {
      for (const level of DISCIPLINE_LEVELS) {
        expect(judge(level, place)).toEqual(['ARC-02 REJECT ARCHIVE_CATEGORY_UNKNOWN']);
      }
    }
  });

  it('is never an expulsion from compulsory education', () => {
    expect(said(judgeDisciplineEntry({ level: 'EXPULSION', stage: 'JUNIOR' }, ON, SHANXI))).toEqual([
      'ENR-53 REJECT EXPULSION_FORBIDDEN_COMPULSORY',
    ]);
  });
});

describe('a measure', () => {
  const measure = (changes: Partial<DisciplinaryMeasure> = {}): DisciplinaryMeasure => ({
    level: 'DEMERIT',
    decidedOn: '2026-03-01',
    endsOn: '2026-08-31',
    revokedOn: null,
    ...changes,
  });

  it(holds('TRF-19', 'stands no more after its last day, or from its revocation on'), () => {
    expect(isDisciplineInForce(measure(), '2026-09-01')).toBe(false);
    expect(isDisciplineInForce(measure(), '2026-02-28')).toBe(false);
    expect(isDisciplineInForce(measure({ revokedOn: '2026-05-01' }), '2026-05-01')).toBe(false);
    expect(isUnderDiscipline([], ON)).toBe(false);
  });

  it(breaks('TRF-19', 'stands from its decision to its last day, and without one for good'), () => {
    for (const day of ['2026-03-01', '2026-08-31']) expect(isDisciplineInForce(measure(), day)).toBe(true);
    expect(isDisciplineInForce(measure({ revokedOn: '2026-05-01' }), '2026-04-30')).toBe(true);
    expect(isDisciplineInForce(measure({ endsOn: null }), '2040-01-01')).toBe(true);
    expect(isUnderDiscipline([measure({ endsOn: '2026-03-02' }), measure()], '2026-06-01')).toBe(true);
  });

  it('stands on one unbroken run of days', () => {
    const days = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(days, days, fc.option(days, { nil: null }), (length, asked, revoked) => {
        const decidedOn = '2026-03-01';
        const on = addDays(decidedOn, asked);
        const stands = isDisciplineInForce(
          measure({
            endsOn: addDays(decidedOn, length),
            revokedOn: revoked === null ? null : addDays(decidedOn, revoked),
          }),
          on,
        );
        expect(stands).toBe(asked <= length && (revoked === null || asked < revoked));
      }),
    );
  });
});

describe('specialised education', () => {
  const facts = (changes = {}) => ({
    stage: 'JUNIOR' as const,
    birthDate: '2010-09-01',
    receivedOn: '2026-03-01',
    tellsOfSpecializedEducation: true,
    ...changes,
  });

  it(holds('ARC-19', 'is no matter of papers that do not tell of it, nor of somebody of age'), () => {
    expect(judgeSpecializedEducation(facts({ tellsOfSpecializedEducation: false }), ON, SHANXI)).toEqual([]);
    expect(judgeSpecializedEducation(facts({ receivedOn: '2028-09-01' }), '2028-09-07', SHANXI)).toEqual([]);
    expect(isKeptOutOfArchive('SUSPENDED')).toBe(false);
  });

  it(breaks('ARC-19', 'of a minor is never filed, and what happens there does not reach the archive'), () => {
    for (const receivedOn of ['2026-03-01', '2028-08-31']) {
      expect(said(judgeSpecializedEducation(facts({ receivedOn }), ON, SHANXI))).toEqual([
        'ARC-19 REJECT SPECIALIZED_EDUCATION_NOT_ARCHIVABLE',
      ]);
    }
    for (const change of ['ENTERED_SPECIALIZED_SCHOOL', 'LEFT_SPECIALIZED_SCHOOL'] as const) {
      expect(isKeptOutOfArchive(change)).toBe(true);
    }
  });
});
