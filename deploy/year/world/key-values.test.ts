import fc from 'fast-check';
import { randomOf } from '#deploy/demo/random.ts';
import { checkCharacter } from '#libs/law/identity/citizen-id.ts';
import { mendedNumber, otherName } from './key-values.ts';

const known = (gender: string, number: string | null) => ({
  name: '样例甲',
  gender,
  birthDate: '2015-03-04',
  identityDocument: { type: 'RESIDENT_ID', number },
});

describe('what a household register says otherwise', () => {
  test('is a name of the same family that is never the one on record', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const drawn = otherName('嘉思宁', randomOf(seed));
        expect(drawn).not.toBe('嘉思宁');
        expect(drawn.startsWith('嘉')).toBe(true);
        expect(otherName(drawn, randomOf(seed))).not.toBe(drawn);
      }),
    );
  });

  test('is a well-formed number of the same place, day and gender, which nobody of the year is born with', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('MALE', 'FEMALE'), (seed, gender) => {
        const mended = mendedNumber(known(gender, '140105201503040016'), randomOf(seed)) ?? '';
        expect(mended.slice(17)).toBe(checkCharacter(mended.slice(0, 17)));
        expect(mended.slice(0, 14)).toBe('14010520150304');
        const serial = Number(mended.slice(14, 17));
        expect(serial % 2 === 1).toBe(gender === 'MALE');
        expect(serial).toBeGreaterThanOrEqual(400);
        expect(serial).toBeLessThan(600);
      }),
    );
  });

  test('is nothing where there is no resident number', () => {
    expect(mendedNumber(known('MALE', null), randomOf(1))).toBeUndefined();
    expect(mendedNumber({ ...known('MALE', null), identityDocument: null }, randomOf(1))).toBeUndefined();
  });
});
