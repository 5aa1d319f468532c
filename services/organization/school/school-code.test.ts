import fc from 'fast-check';
import { codeTypeOf, formatSchoolCode, nextSchoolCode, parseSchoolCode } from './school-code.ts';

const SHANXI = '140000';

describe('学校标识码', () => {
  test('its ten digits say type, province and sequence', () => {
    expect(parseSchoolCode('2114000042')).toEqual({ type: '21', province: SHANXI, sequence: 42 });
  });

  test.each(['', '211400004', '21140000420', '9914000042', '2100000042', '2114000000', '21 4000042'])(
    '%j is no school code',
    (text) => {
      expect(parseSchoolCode(text)).toBeNull();
    },
  );

  test('what is formatted is parsed to the same parts', () => {
    const parts = fc.record({
      type: fc.constantFrom('11' as const, '21' as const, '31' as const, '34' as const, '37' as const),
      province: fc.constantFrom('110000', SHANXI, '410000', '660000'),
      sequence: fc.integer({ min: 1, max: 999_999 }),
    });
    fc.assert(fc.property(parts, (each) => expect(parseSchoolCode(formatSchoolCode(each))).toEqual(each)));
  });

  test('a next code was never given before, retired codes included', () => {
    const sequences = fc.uniqueArray(fc.integer({ min: 1, max: 999_998 }), { maxLength: 30 });
    fc.assert(
      fc.property(sequences, (given) => {
        const used = given.map((sequence) => formatSchoolCode({ type: '21', province: SHANXI, sequence }));
        expect(used).not.toContain(nextSchoolCode('21', SHANXI, used));
      }),
    );
  });

  test('each type and each province counts for itself', () => {
    const used = ['2114000007', '3114000003', '2141000009'];
    expect(nextSchoolCode('21', SHANXI, used)).toBe('2114000008');
    expect(nextSchoolCode('31', SHANXI, used)).toBe('3114000004');
    expect(nextSchoolCode('34', SHANXI, used)).toBe('3414000001');
  });

  test('the sequence ends at 999999 and does not start again', () => {
    expect(nextSchoolCode('21', SHANXI, ['2114999998'])).toBe('2114999999');
    expect(() => nextSchoolCode('21', SHANXI, ['2114999999'])).toThrow(RangeError);
  });

  test('a nine-year school carries the type of its highest stage', () => {
    expect(codeTypeOf('JUNIOR', ['PRIMARY', 'JUNIOR'])).toBe('31');
    expect(codeTypeOf('SENIOR', ['PRIMARY', 'JUNIOR', 'SENIOR'])).toBe('34');
    expect(codeTypeOf('SPECIAL_EDUCATION', ['PRIMARY', 'JUNIOR'])).toBe('51');
    expect(codeTypeOf('KINDERGARTEN', ['PRESCHOOL'])).toBe('11');
    expect(codeTypeOf('SPECIALIZED', ['JUNIOR'])).toBe('37');
    expect(codeTypeOf('COMPREHENSIVE_CLASS_IN_VOCATIONAL', ['SENIOR'])).toBe('36');
  });
});
