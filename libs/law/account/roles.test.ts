import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeOperator } from './operator.ts';
import { judgeRole, judgeUnitRoles } from './roles.ts';

const ON = '2026-09-01';
const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];

describe('the roles of a unit', () => {
  it(holds('ACC-18', 'a registrar handles, a decision-maker decides'), () => {
    for (const place of PLACES) {
      expect(judgeRole({ needed: 'REGISTRAR', held: ['REGISTRAR'] }, ON, place)).toEqual([]);
      expect(judgeUnitRoles({ held: ['DECISION_MAKER', 'REGISTRAR', 'PRINCIPAL'] }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ACC-18', 'without the role it is refused, and each role that a unit lacks is named'), () => {
    for (const place of PLACES) {
      expect(judgeRole({ needed: 'DECISION_MAKER', held: ['REGISTRAR'] }, ON, place)).toMatchObject([
        { ruleId: 'ACC-18', outcome: 'REJECT', code: 'ROLE_MISSING' },
      ]);
      expect(judgeUnitRoles({ held: ['PRINCIPAL'] }, ON, place).map(({ messageEn }) => messageEn)).toEqual([
        'The role of registrar is missing.',
        'The role of decision-maker is missing.',
      ]);
    }
    expect(judgeUnitRoles({ held: [] }, '2016-06-05', ELSEWHERE)).toEqual([]);
  });
});

describe('an operation', () => {
  it(holds('ACC-15', 'names who did it, or the timer of the system'), () => {
    for (const place of PLACES) {
      expect(judgeOperator({ operatorId: 'u-1', actsForSystem: false }, ON, place)).toEqual([]);
      expect(judgeOperator({ operatorId: null, actsForSystem: true }, ON, place)).toEqual([]);
    }
  });

  it(breaks('ACC-15', 'without a name is refused ANONYMOUS_OPERATION'), () => {
    for (const place of PLACES) {
      for (const operatorId of [null, '', '  ']) {
        expect(judgeOperator({ operatorId, actsForSystem: false }, ON, place)).toMatchObject([
          { ruleId: 'ACC-15', outcome: 'REJECT', code: 'ANONYMOUS_OPERATION' },
        ]);
      }
    }
  });
});
