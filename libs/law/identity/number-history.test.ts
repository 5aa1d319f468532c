import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import {
  type HeldNumber,
  judgeHistory,
  judgeNumberApplication,
  judgeUniqueness,
  succeed,
} from './number-history.ts';

const ON = '2026-09-01';
const first: HeldNumber = {
  number: 'L140105202005060000',
  kind: 'L_TEMPORARY',
  validFrom: new Date('2026-09-01T08:00:00+08:00'),
  reason: 'FIRST_REGISTRATION',
  approver: 'SYSTEM',
};
const second: HeldNumber = {
  number: 'J140105202005060014',
  kind: 'J_FORMAL',
  validFrom: new Date('2027-03-10T00:00:00+08:00'),
  reason: 'YEARLY_ISSUE',
  approver: 'MINISTRY',
};

describe('the numbers of a person', () => {
  it(holds('ID-01', 'one person with one current number that nobody else ever held'), () => {
    expect(judgeUniqueness({ currentNumbers: 0, otherHolders: 0 }, ON, ELSEWHERE)).toEqual([]);
    expect(judgeUniqueness({ currentNumbers: 1, otherHolders: 0 }, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-01', 'a second current number, or the number of another person'), () => {
    expect(judgeUniqueness({ currentNumbers: 2, otherHolders: 0 }, ON, ELSEWHERE)).toMatchObject([
      { code: 'NUMBER_NOT_UNIQUE', outcome: 'REJECT' },
    ]);
    expect(judgeUniqueness({ currentNumbers: 1, otherHolders: 1 }, ON, ELSEWHERE)).toHaveLength(1);
  });

  it(holds('ID-04', 'a number is applied for where none exists'), () => {
    expect(judgeNumberApplication({ numberExists: false }, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-04', 'a second application is refused NUMBER_APPLICATION_DUPLICATE'), () => {
    expect(judgeNumberApplication({ numberExists: true }, ON, ELSEWHERE)).toMatchObject([
      { code: 'NUMBER_APPLICATION_DUPLICATE', outcome: 'REJECT' },
    ]);
  });

  it(holds('ID-32', 'a new number ends the current one and leaves the rest as it was'), () => {
    const history = succeed(succeed([], first), second);
    expect(history).toEqual([{ ...first, validTo: second.validFrom }, second]);
    expect(judgeHistory([first], history, ON, ELSEWHERE)).toEqual([]);
    expect(() => succeed(history, { ...second, validFrom: first.validFrom })).toThrow(RangeError);
  });

  it(
    breaks('ID-32', 'an entry that vanished, changed or was opened again is refused HISTORY_IMMUTABLE'),
    () => {
      const history = succeed([first], second);
      const rewritten: HeldNumber[][] = [
        [second],
        [{ ...first, number: second.number }, second],
        [first, second],
        [{ ...first, validTo: second.validFrom, approver: 'SCHOOL' }, second],
      ];
      for (const version of rewritten) {
        expect(judgeHistory(history, version, ON, ELSEWHERE)).toMatchObject([{ code: 'HISTORY_IMMUTABLE' }]);
      }
    },
  );
});
