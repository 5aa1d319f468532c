import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE } from '../testing/places.ts';
import { lawfulRegistration } from '../testing/registration.ts';
import { judgeRefusal } from './lawful-refusal.ts';
import { judgeRegistration } from './registration.ts';

const ON = '2026-09-01';
const judge = (...reasons: string[]) => judgeRefusal(reasons, ON, ELSEWHERE);

describe('reasons to refuse a pupil', () => {
  it(
    holds('ID-06', 'a reason that has nothing to do with the kind of number is left to its own rules'),
    () => {
      expect(judge('NO_PLACE_AVAILABLE')).toEqual([]);
      expect(judge()).toEqual([]);
    },
  );

  it(breaks('ID-06', 'a temporary number is never a reason'), () => {
    expect(judge('TEMPORARY_NUMBER')).toMatchObject([
      { ruleId: 'ID-06', outcome: 'REJECT', code: 'ILLEGAL_REJECTION_REASON' },
    ]);
  });

  it(
    holds('ENR-05', 'a registration is judged without any fact about an older record having arrived'),
    () => {
      expect(judgeRegistration(lawfulRegistration(), ON, BEIGUAN)).toEqual([]);
    },
  );

  it(
    breaks('ENR-05', 'a missing or still travelling registration is never a reason, and is told once'),
    () => {
      expect(judge('NO_REGISTRATION', 'REGISTRATION_NOT_ARRIVED')).toMatchObject([
        { ruleId: 'ENR-05', code: 'ILLEGAL_REJECTION_REASON' },
      ]);
    },
  );

  it(holds('ENR-32', 'a school that goes on settling a problem record refuses nothing'), () => {
    expect(judge('GRADUATION_CONDITION_NOT_MET')).toEqual([]);
  });

  it(breaks('ENR-32', 'an open problem record is no reason against graduation or admission'), () => {
    expect(judge('PROBLEM_RECORD_OPEN')).toMatchObject([
      { ruleId: 'ENR-32', code: 'ILLEGAL_REJECTION_REASON' },
    ]);
  });

  it('are judged all together', () => {
    expect(judge('TEMPORARY_NUMBER', 'NO_REGISTRATION', 'PROBLEM_RECORD_OPEN')).toHaveLength(3);
  });
});
