import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeNewNumber } from './new-number.ts';

const on = '2027-03-10';
const deleted = { isRegistered: true, hasNumber: false, wasDeleted: true };

describe('a number after a deletion', () => {
  test(holds('ID-01', 'is for a registered pupil whose number was deleted'), () => {
    for (const place of [SHANXI, BEIGUAN, ELSEWHERE]) expect(judgeNewNumber(deleted, on, place)).toEqual([]);
  });

  test.each([
    [{ ...deleted, hasNumber: true }, ['NUMBER_IN_USE']],
    [{ ...deleted, wasDeleted: false }, ['NUMBER_NOT_DELETED']],
    [
      { isRegistered: false, hasNumber: true, wasDeleted: false },
      ['REGISTRATION_NOT_APPROVED', 'NUMBER_IN_USE'],
    ],
  ])(breaks('ID-01', 'is for nobody else: %j'), (facts, codes) => {
    const found = judgeNewNumber(facts, on, SHANXI);
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(new Set(found.map(({ outcome }) => outcome))).toEqual(new Set(['REJECT']));
  });
});
