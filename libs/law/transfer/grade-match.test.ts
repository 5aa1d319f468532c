import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import type { LocalGrade } from '../enrollment/compulsory-year.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  gradeOfYear,
  isAroundPrimaryGraduation,
  isGraduatingGrade,
  isStartGrade,
  schoolingYearOf,
  seniorYearOf,
} from './grade.ts';
import { judgeTransferGrade, type TransferGradeFacts } from './grade-match.ts';

const ON = '2026-09-07';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const SYSTEMS = ['S63', 'S54', 'NINE_YEAR', 'TWELVE_YEAR'] as const;
const grade = (stage: LocalGrade['stage'], n: number, system: LocalGrade['system'] = 'S63'): LocalGrade => ({
  stage,
  grade: n,
  system,
});
const judge = (
  from: LocalGrade,
  to: LocalGrade,
  place: LawPlace = ELSEWHERE,
  changes: Partial<TransferGradeFacts> = {},
) =>
  judgeTransferGrade(
    {
      kind: 'CROSS_PROVINCE_TRANSFER',
      acrossProvinces: true,
      from,
      to,
      countyConsent: false,
      nineYearsGuaranteed: false,
      ...changes,
    },
    ON,
    place,
  );
const said = (...args: Parameters<typeof judge>) =>
  judge(...args).map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
const CHANGED = ['TRF-17 REJECT GRADE_CHANGE_FORBIDDEN'];
const BOTH = { countyConsent: true, nineYearsGuaranteed: true };

describe('the grade of a transferred pupil', () => {
  it(holds('TRF-17', 'stays, and between school systems is the same year of schooling'), () => {
    for (const place of PLACES) {
      expect(said(grade('PRIMARY', 3), grade('PRIMARY', 3), place)).toEqual([]);
      expect(said(grade('PRIMARY', 6), grade('JUNIOR', 1, 'S54'), place)).toEqual([]);
      expect(said(grade('JUNIOR', 1, 'S54'), grade('PRIMARY', 6, 'NINE_YEAR'), place)).toEqual([]);
      expect(said(grade('SENIOR', 2), grade('SENIOR', 11, 'TWELVE_YEAR'), place)).toEqual([]);
      expect(said(grade('PRESCHOOL', 1), grade('PRESCHOOL', 2), place)).toEqual([]);
    }
  });

  it(breaks('TRF-17', 'is no other, and the fitting one is named'), () => {
    for (const place of PLACES) {
      expect(said(grade('PRIMARY', 3), grade('PRIMARY', 2), place, BOTH)).toEqual(CHANGED);
      expect(said(grade('PRIMARY', 3), grade('PRIMARY', 4, 'S54'), place, BOTH)).toEqual(CHANGED);
      expect(said(grade('SENIOR', 1), grade('SENIOR', 2), place, BOTH)).toEqual(CHANGED);
      expect(said(grade('JUNIOR', 3), grade('SENIOR', 1), place, BOTH)).toEqual(CHANGED);
    }
    for (const place of PLACES) {
      const [finding] = judge(grade('PRIMARY', 6), grade('JUNIOR', 2, 'S54'), place);
      expect(finding?.remedy).toContain('初中1年级');
    }
  });

  it('is refused where the system does not have it (ENR-69)', () => {
    expect(said(grade('PRIMARY', 6, 'S54'), grade('JUNIOR', 1, 'S54'))).toEqual([
      'ENR-69 REJECT GRADE_MISMATCH',
    ]);
  });

  const sixth = grade('PRIMARY', 6);
  const secondJunior = grade('JUNIOR', 2, 'S54');

  it(
    holds('TRF-18', 'may change around primary graduation with the county’s consent and nine full years'),
    () => {
      for (const place of [BEIGUAN, ELSEWHERE]) {
        expect(said(sixth, secondJunior, place, BOTH)).toEqual([]);
        expect(said(grade('JUNIOR', 1, 'S54'), grade('JUNIOR', 1), place, BOTH)).toEqual([]);
      }
      expect(
        judgeTransferGrade(
          { kind: 'CROSS_PROVINCE_TRANSFER', acrossProvinces: true, from: sixth, to: secondJunior, ...BOTH },
          '2026-02-09',
          SHANXI,
        ),
      ).toEqual([]);
    },
  );

  it(
    breaks('TRF-18', 'with one of the two missing it may not; in Shanxi never; nowhere beyond that reach'),
    () => {
      for (const place of [BEIGUAN, ELSEWHERE]) {
        expect(said(sixth, secondJunior, place, { countyConsent: true })).toEqual([
          'TRF-18 REJECT GRADE_CHANGE_FORBIDDEN',
        ]);
        expect(said(sixth, secondJunior, place, { nineYearsGuaranteed: true })).toEqual([
          'TRF-18 REJECT GRADE_CHANGE_FORBIDDEN',
        ]);
      }
      expect(said(sixth, secondJunior, SHANXI, BOTH)).toEqual(CHANGED);
      expect(said(sixth, secondJunior, ELSEWHERE, { ...BOTH, acrossProvinces: false })).toEqual(CHANGED);
      expect(said(sixth, grade('JUNIOR', 1), ELSEWHERE, BOTH)).toEqual(CHANGED);
      expect(said(grade('JUNIOR', 2), grade('JUNIOR', 4, 'S54'), ELSEWHERE, BOTH)).toEqual(CHANGED);
    },
  );

  const study = { kind: 'CROSS_PROVINCE_STUDY' } as const;

  it(holds('TRF-39', 'a graduate goes on into the next year of any system'), () => {
    for (const place of PLACES) {
      expect(said(grade('PRIMARY', 6), grade('JUNIOR', 1), place, study)).toEqual([]);
      expect(said(grade('PRIMARY', 5, 'S54'), grade('PRIMARY', 6), place, study)).toEqual([]);
      expect(said(grade('PRIMARY', 6), grade('JUNIOR', 2, 'S54'), place, study)).toEqual([]);
      expect(said(grade('JUNIOR', 4, 'S54'), grade('SENIOR', 1), place, study)).toEqual([]);
    }
  });

  it(breaks('TRF-39', 'not into the same year again, nor past one'), () => {
    expect(said(grade('PRIMARY', 5, 'S54'), grade('JUNIOR', 1), SHANXI, { ...study, ...BOTH })).toEqual(
      CHANGED,
    );
    expect(said(grade('PRIMARY', 5, 'S54'), grade('JUNIOR', 1), ELSEWHERE, { ...study, ...BOTH })).toEqual(
      [],
    );
    expect(said(grade('JUNIOR', 3), grade('SENIOR', 2), ELSEWHERE, { ...study, ...BOTH })).toEqual(CHANGED);
  });
});

describe('the years of schooling', () => {
  it('run from 1 to 12 and come back to the grade of the same year', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.constantFrom(...SYSTEMS), (year, system) => {
        const local = gradeOfYear(year, system);
        expect(local && schoolingYearOf({ ...local, system })).toBe(year);
      }),
    );
    expect([gradeOfYear(0, 'S63'), gradeOfYear(13, 'S63')]).toEqual([undefined, undefined]);
    expect(seniorYearOf(grade('SENIOR', 4))).toBeUndefined();
    expect(seniorYearOf(grade('JUNIOR', 1))).toBeUndefined();
    expect(seniorYearOf(grade('SENIOR', 1.5))).toBeUndefined();
  });

  it('begin and end each stage once in every system', () => {
    for (const system of SYSTEMS) {
      const locals = Array.from({ length: 12 }, (_, at) => gradeOfYear(at + 1, system)).flatMap((local) =>
        local ? [{ ...local, system }] : [],
      );
      expect(locals.filter(isStartGrade).map(({ stage }) => stage)).toEqual(['PRIMARY', 'JUNIOR', 'SENIOR']);
      expect(locals.filter(isGraduatingGrade).map(({ stage }) => stage)).toEqual([
        'PRIMARY',
        'JUNIOR',
        'SENIOR',
      ]);
      expect(locals.filter(isAroundPrimaryGraduation)).toHaveLength(2);
    }
    expect(isStartGrade(grade('PRESCHOOL', 1))).toBe(false);
    expect(isGraduatingGrade(grade('PRIMARY', 7))).toBe(false);
  });
});
