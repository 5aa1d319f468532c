import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import {
  judgePreschool,
  judgePreschoolAttendance,
  PRESCHOOL_CHANGES,
  type PreschoolFacts,
  preschoolCategoryOf,
} from './preschool.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const enabled = { preschoolEnabled: true };
const child = (changes: Partial<PreschoolFacts> = {}): PreschoolFacts => ({
  change: 'ENTRY',
  birthDate: '2023-09-01',
  inSchool: false,
  activeElsewhere: false,
  hasNumber: false,
  asksForNumber: true,
  ...changes,
});
const said = (changes: Partial<PreschoolFacts>, place = ELSEWHERE, on = ON, options = enabled) =>
  judgePreschool(child(changes), options, on, place).map(
    ({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`,
  );

describe('preschool registration', () => {
  it(holds('PRE-01', 'entry, change, leaving, graduation and going on are recorded'), () => {
    for (const change of PRESCHOOL_CHANGES) {
      for (const place of PLACES) expect(said({ change }, place)).toEqual([]);
    }
  });

  it(breaks('PRE-01', 'nothing else is, and nothing where it is switched off or before the measure'), () => {
    for (const place of PLACES) {
      expect(said({ change: 'SUSPENSION' }, place)).toEqual(['PRE-01 REJECT CHANGE_TYPE_UNKNOWN']);
      expect(said({}, place, ON, { preschoolEnabled: false })).toEqual([
        'ORG-27 REJECT PRESCHOOL_NOT_ENABLED',
      ]);
    }
    expect(said({ birthDate: '2022-01-01' }, ELSEWHERE, '2025-12-28')).toEqual([
      'ORG-27 REJECT PRESCHOOL_NOT_ENABLED',
    ]);
    expect(said({ birthDate: '2022-01-01' }, ELSEWHERE, '2025-12-29')).toEqual([]);
  });

  it(holds('PRE-02', 'a child of three is covered, one of two by analogy, until it enters school'), () => {
    expect(preschoolCategoryOf('2023-09-01', ON)).toBe('REGULAR');
    expect(preschoolCategoryOf('2023-09-02', ON)).toBe('INFANT_2_3');
    expect(preschoolCategoryOf('2024-09-01', ON)).toBe('INFANT_2_3');
    expect(preschoolCategoryOf('2024-09-02', ON)).toBeUndefined();
    for (const birthDate of ['2023-09-01', '2023-09-02', '2024-09-01', '2019-01-01']) {
      expect(said({ birthDate })).toEqual([]);
    }
    expect(said({ change: 'GOING_ON', inSchool: true })).toEqual([]);
  });

  it(breaks('PRE-02', 'a younger child and a pupil of a school are out of range'), () => {
    for (const place of PLACES) {
      expect(said({ birthDate: '2024-09-02' }, place)).toEqual(['PRE-02 REJECT PRESCHOOL_AGE_OUT_OF_RANGE']);
      expect(said({ inSchool: true }, place)).toEqual(['PRE-02 REJECT PRESCHOOL_AGE_OUT_OF_RANGE']);
    }
  });

  it(holds('PRE-03', 'a child keeps its number, and who is registered gives no reason for an entry'), () => {
    expect(said({ hasNumber: true, asksForNumber: false })).toEqual([]);
    const attends = { attends: true, registered: false };
    expect(judgePreschoolAttendance({ ...attends, registered: true }, enabled, ON, ELSEWHERE)).toEqual([]);
    expect(judgePreschoolAttendance({ ...attends, attends: false }, enabled, ON, ELSEWHERE)).toEqual([]);
    expect(judgePreschoolAttendance(attends, { preschoolEnabled: false }, ON, ELSEWHERE)).toEqual([]);
    expect(judgePreschoolAttendance(attends, enabled, '2025-12-28', ELSEWHERE)).toEqual([]);
  });

  it(breaks('PRE-03', 'a second number is refused; a child without registration is on record'), () => {
    for (const place of PLACES) {
      expect(said({ hasNumber: true }, place)).toEqual(['PRE-03 REJECT NUMBER_APPLICATION_DUPLICATE']);
      expect(
        judgePreschoolAttendance({ attends: true, registered: false }, enabled, ON, place),
      ).toMatchObject([{ ruleId: 'PRE-03', outcome: 'RECORD', code: 'STUDENT_WITHOUT_REGISTRATION' }]);
    }
  });

  it(holds('PRE-04', 'a registration elsewhere follows the child by a change of kindergarten'), () => {
    expect(said({ change: 'CHANGE_OF_KINDERGARTEN', activeElsewhere: true })).toEqual([]);
  });

  it(breaks('PRE-04', 'a second registration is refused'), () => {
    for (const place of PLACES) {
      expect(said({ activeElsewhere: true }, place)).toEqual(['PRE-04 REJECT ACTIVE_ENROLLMENT_EXISTS']);
    }
  });
});
