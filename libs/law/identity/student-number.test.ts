import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import { checkCharacter } from './citizen-id.ts';
import {
  formalNumber,
  formalNumberWithoutId,
  judgeNumberKind,
  judgeSuppliedNumber,
  studentNumberKind,
  temporaryNumber,
} from './student-number.ts';

const ON = '2026-09-01';
const SEED = { region: '140105', birthDate: '2020-05-06' };
const ID_NUMBER = '11010519491231002X';

describe('student numbers', () => {
  it(holds('ID-05', 'a number of kind G, J or L is known by its form of 19 characters'), () => {
    expect(studentNumberKind(formalNumber(ID_NUMBER))).toBe('G_FORMAL');
    expect(studentNumberKind(formalNumberWithoutId(SEED, 0))).toBe('J_FORMAL');
    expect(studentNumberKind(temporaryNumber(SEED, () => 0.5))).toBe('L_TEMPORARY');
    expect(judgeNumberKind(`G${ID_NUMBER}`, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-05', 'anything else is refused NUMBER_KIND_INVALID'), () => {
    const wrong = [
      `Q${ID_NUMBER}`,
      ID_NUMBER,
      'G110105194912310021',
      'L14010520200506',
      'L14010520200506000X',
      '',
    ];
    for (const number of wrong) {
      expect(judgeNumberKind(number, ON, ELSEWHERE)).toMatchObject([
        { code: 'NUMBER_KIND_INVALID', outcome: 'REJECT' },
      ]);
    }
  });

  it(holds('ID-03', 'a formal number is built on the resident ID number'), () => {
    expect(formalNumber('１１０１０５19491231002x')).toBe(`G${ID_NUMBER}`);
  });

  it(breaks('ID-03', 'none is built on a text that is no resident ID number'), () => {
    expect(() => formalNumber('110105194912310021')).toThrow(RangeError);
  });

  it(holds('ID-02', 'a request without a number is the ordinary one'), () => {
    expect(judgeSuppliedNumber(undefined, ON, ELSEWHERE)).toEqual([]);
    expect(judgeSuppliedNumber(null, ON, ELSEWHERE)).toEqual([]);
  });

  it(breaks('ID-02', 'a number supplied by a client is refused, even an empty or a well-formed one'), () => {
    for (const supplied of ['', `G${ID_NUMBER}`]) {
      const findings = judgeSuppliedNumber(supplied, ON, ELSEWHERE);
      expect(findings).toMatchObject([{ code: 'NUMBER_NOT_ASSIGNABLE_BY_CLIENT', path: ['studentNumber'] }]);
      expect(JSON.stringify(findings)).not.toContain(ID_NUMBER);
    }
  });

  it('without an ID number end in the check character over the 17 digits before it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (sequence) => {
        const number = formalNumberWithoutId(SEED, sequence);
        expect(number).toHaveLength(19);
        expect(number.charAt(18)).toBe(checkCharacter(number.slice(1, 18)));
      }),
    );
    expect(formalNumberWithoutId(SEED, 7).slice(0, 18)).toBe('J14010520200506007');
    expect(() => formalNumberWithoutId(SEED, 1000)).toThrow(RangeError);
    expect(() => formalNumberWithoutId(SEED, -1)).toThrow(RangeError);
  });

  it('of the temporary kind differ by the injected chance alone', () => {
    expect(temporaryNumber(SEED, () => 0)).toBe('L140105202005060000');
    expect(temporaryNumber(SEED, () => 0.99999)).toBe('L140105202005069999');
    expect(() => temporaryNumber({ region: '14', birthDate: '2020-05-06' }, () => 0)).toThrow(RangeError);
  });
});
