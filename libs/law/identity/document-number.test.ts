import { checkCharacter } from './citizen-id.ts';
import { readDocumentNumber } from './document-number.ts';

const numberOf = (body: string): string => `${body}${checkCharacter(body)}`;
const resident = numberOf('14010520200506002');
const residencePermit = numberOf('81000020200506002');

describe('the number of a document', () => {
  it('is one number in every spelling', () => {
    const spellings = [` ${resident} `, resident.replace(/(.{6})/gu, '$1-'), resident.toLowerCase()];
    const fullWidth = resident.replace(/\d/gu, (digit) => String.fromCodePoint(Number(digit) + 0xff10));
    for (const typed of [...spellings, fullWidth]) {
      expect(readDocumentNumber(typed)).toEqual(readDocumentNumber(resident));
    }
  });

  it('of a resident ID card or a residence permit is nobody else’s, and only the first proves a resident', () => {
    expect(readDocumentNumber(resident)).toMatchObject({ isNational: true, isResidentId: true });
    expect(readDocumentNumber(residencePermit)).toMatchObject({ isNational: true, isResidentId: false });
    const mistyped = `${resident.slice(0, 17)}${resident.endsWith('1') ? '2' : '1'}`;
    expect(readDocumentNumber(mistyped)).toMatchObject({ isNational: false, isResidentId: false });
  });

  it.each([
    ['H22345678', 'H22345678'],
    ['H2234567801', 'H22345678'],
    ['m2234567812', 'M22345678'],
    ['01234567', '01234567'],
    ['0123456702', '01234567'],
    ['0123456702(B)', '01234567'],
    ['0123456702（1）', '01234567'],
    ['E12345678', 'E12345678'],
    ['H223456780', 'H223456780'],
  ])('%s is its holder’s as %s, however often it was issued', (typed, holder) => {
    expect(readDocumentNumber(typed)).toMatchObject({ holder, isNational: false });
  });

  it('keeps every place of the number as it was typed', () => {
    expect(readDocumentNumber('0123456702(B)').plain).toBe('0123456702B');
  });
});
