import { breaks, holds } from '#test/support/rules.ts';
import type { LawPlace } from '../layers.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  isOrdinarySenior,
  judgeAdmissionArea,
  judgeSeniorGround,
  judgeVocationalGround,
  type SeniorGroundFacts,
} from './senior-grounds.ts';

const ON = '2026-09-07';
const codes = (findings: { outcome: string; ruleId: string; code: string }[]) =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);

describe('the ground of a transfer between senior schools', () => {
  const judge = (changes: Partial<SeniorGroundFacts> = {}, place: LawPlace = SHANXI) =>
    codes(
      judgeSeniorGround(
        {
          ground: 'HOUSEHOLD_MOVE',
          proven: true,
          household: { across: 'COUNTY', withGuardians: true },
          residenceMoved: true,
          targetAtHousehold: true,
          comparableLevel: true,
          ...changes,
        },
        ON,
        place,
      ),
    );
  const NOT_MET = ['TRF-11 REJECT SENIOR_GROUND_NOT_MET'];

  it(
    holds('TRF-11', 'household and residence moved over a county border to a comparable school there'),
    () => {
      for (const across of ['PROVINCE', 'CITY', 'COUNTY'] as const) {
        expect(judge({ household: { across, withGuardians: true } })).toEqual([]);
      }
    },
  );

  it(
    breaks('TRF-11', 'not between urban districts of one city, nor with any of the conditions missing'),
    () => {
      for (const across of ['URBAN_DISTRICT', 'SCHOOL_DISTRICT_OR_TOWNSHIP', 'NONE'] as const) {
        expect(judge({ household: { across, withGuardians: true } })).toEqual(NOT_MET);
      }
      expect(judge({ ground: 'RESIDENCE_CHANGE' })).toEqual(NOT_MET);
      expect(judge({ proven: false })).toEqual(NOT_MET);
      expect(judge({ household: undefined })).toEqual(NOT_MET);
      expect(judge({ residenceMoved: false })).toEqual(NOT_MET);
      expect(judge({ targetAtHousehold: false })).toEqual(NOT_MET);
      expect(judge({ comparableLevel: false })).toEqual(NOT_MET);
      expect(judge({ comparableLevel: null })).toEqual(['TRF-11 HOLD SENIOR_GROUND_NOT_MET']);
      expect(judge({ comparableLevel: null, residenceMoved: false })).toEqual(NOT_MET);
    },
  );

  it('is Shanxi’s rule alone', () => {
    for (const place of [BEIGUAN, ELSEWHERE]) expect(judge({ ground: 'OTHER' }, place)).toEqual([]);
  });
});

describe('the county and the admission area', () => {
  const apart = { sourceCounty: '140106', targetCounty: '140105' };
  const judge = (areas: Partial<Parameters<typeof judgeAdmissionArea>[0]>, place: LawPlace = SHANXI) =>
    codes(judgeAdmissionArea({ ...apart, ...areas }, ON, place));

  it(holds('TRF-15', 'a senior pupil moves to another county of another area'), () => {
    expect(judge({})).toEqual([]);
    expect(judge({ sourceArea: 'A', targetArea: 'B' })).toEqual([]);
    expect(judge({ targetArea: 'B' })).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) expect(judge({ sourceCounty: '140105' }, place)).toEqual([]);
  });

  it(breaks('TRF-15', 'not inside the county, nor inside the area'), () => {
    const REFUSED = ['TRF-15 REJECT SAME_ADMISSION_AREA'];
    expect(judge({ sourceCounty: '140105' })).toEqual(REFUSED);
    expect(judge({ sourceArea: 'A', targetArea: 'A' })).toEqual(REFUSED);
    expect(judge({ sourceCounty: '140105', sourceArea: 'A', targetArea: 'B' })).toEqual(REFUSED);
  });

  it('are asked between ordinary senior schools only', () => {
    const senior = { source: 'SENIOR', target: 'SENIOR' };
    expect(isOrdinarySenior('IN_PROVINCE_TRANSFER', senior)).toBe(true);
    expect(isOrdinarySenior('CROSS_PROVINCE_TRANSFER', senior)).toBe(true);
    expect(isOrdinarySenior('ORDINARY_VOCATIONAL_TRANSFER', senior)).toBe(false);
    expect(isOrdinarySenior('IN_PROVINCE_TRANSFER', { source: 'JUNIOR', target: 'JUNIOR' })).toBe(false);
    expect(isOrdinarySenior('CROSS_PROVINCE_STUDY', { source: 'JUNIOR', target: 'SENIOR' })).toBe(false);
  });
});

describe('moves between senior and vocational schools', () => {
  const judge = (
    changes: Partial<Parameters<typeof judgeVocationalGround>[0]> = {},
    place: LawPlace = SHANXI,
  ) =>
    codes(
      judgeVocationalGround(
        { conditionsMet: true, admissionConditionMet: true, toVocational: false, ...changes },
        ON,
        place,
      ),
    );

  it(holds('TRF-26', 'go their way when the conditions are met'), () => {
    expect(judge()).toEqual([]);
    for (const place of [BEIGUAN, ELSEWHERE]) expect(judge({ conditionsMet: false }, place)).toEqual([]);
  });

  it(breaks('TRF-26', 'are refused when they are not, either way'), () => {
    expect(judge({ conditionsMet: false })).toEqual(['TRF-26 REJECT GROUND_NOT_MET']);
    expect(judge({ conditionsMet: false, toVocational: true })).toEqual(['TRF-26 REJECT GROUND_NOT_MET']);
  });

  it(holds('TRF-28', 'into a senior school whose conditions of admission are met'), () => {
    expect(judge({ admissionConditionMet: true })).toEqual([]);
    expect(judge({ admissionConditionMet: false, toVocational: true })).toEqual([]);
  });

  it(breaks('TRF-28', 'into one whose conditions are not met they are refused'), () => {
    expect(judge({ admissionConditionMet: false })).toEqual(['TRF-28 REJECT ADMISSION_CONDITION_NOT_MET']);
  });
});
