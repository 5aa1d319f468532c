import fc from 'fast-check';
import { checkCharacter, normaliseIdNumber, readCitizenId } from './citizen-id.ts';

const EXAMPLE = '11010519491231002X';
const fault = (typed: string) => {
  const read = readCitizenId(typed);
  return read.ok ? undefined : read.fault;
};

const numbers = () =>
  fc
    .tuple(
      fc.constantFrom('110105', '140105', '410503', '440106', '710101', '810000', '659001'),
      fc.date({
        min: new Date('1900-01-01T00:00:00Z'),
        max: new Date('2030-12-31T00:00:00Z'),
        noInvalidDate: true,
      }),
      fc.integer({ min: 0, max: 999 }),
    )
    .map(([region, birth, order]) => {
      const body = `${region}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`;
      return `${body}${checkCharacter(body)}`;
    });

describe('a resident ID number', () => {
  it('is read into region, birth date and sex', () => {
    expect(readCitizenId(EXAMPLE)).toEqual({
      ok: true,
      citizenId: { number: EXAMPLE, region: '110105', birthDate: '1949-12-31', gender: 'FEMALE' },
    });
  });

  it('is mended where it was typed with full-width characters, spaces or a small x', () => {
    expect(normaliseIdNumber(' １１０１０５ 19491231 002ｘ ')).toBe(EXAMPLE);
    expect(readCitizenId('11010519491231002x').ok).toBe(true);
  });

  it('is refused for the first thing that is wrong with it', () => {
    expect(fault('1101051949123100')).toBe('LENGTH');
    expect(fault('')).toBe('LENGTH');
    expect(fault('11010519491231X021')).toBe('CHARACTERS');
    expect(fault('A10105194912310021')).toBe('CHARACTERS');
    expect(fault('990105194912310021')).toBe('REGION');
    expect(fault('110105194902290021')).toBe('BIRTH_DATE');
    expect(fault('110105189912310021')).toBe('BIRTH_DATE');
    expect(fault('110105194912310021')).toBe('CHECK_CHARACTER');
  });

  it('is accepted whenever it was made by the standard', () => {
    fc.assert(fc.property(numbers(), (number) => expect(fault(number)).toBeUndefined()));
  });

  it('is refused when a single digit was mistyped', () => {
    fc.assert(
      fc.property(
        numbers(),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (number, at, by) => {
          const wrong = (Number(number.charAt(at)) + by) % 10;
          expect(fault(`${number.slice(0, at)}${wrong}${number.slice(at + 1)}`)).toBeDefined();
        },
      ),
    );
  });

  it('is refused when two unlike neighbours were swapped', () => {
    fc.assert(
      fc.property(numbers(), fc.integer({ min: 0, max: 15 }), (number, at) => {
        const [a, b] = [number.charAt(at), number.charAt(at + 1)];
        fc.pre(a !== b);
        expect(fault(`${number.slice(0, at)}${b}${a}${number.slice(at + 2)}`)).toBeDefined();
      }),
    );
  });

  it('takes its check character over seventeen digits only', () => {
    expect(checkCharacter('11010519491231002')).toBe('X');
    expect(() => checkCharacter('1101051949123100X')).toThrow(RangeError);
  });
});
