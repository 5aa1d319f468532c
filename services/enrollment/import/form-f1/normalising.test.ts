import fc from 'fast-check';
import { readDate } from './calendar-date.ts';
import { readDocumentNumber } from './document-number.ts';
import { readName } from './person-name.ts';
import { readPhone } from './phone-number.ts';
import { readAddress } from './postal-address.ts';
import type { Reading } from './reading-cell.ts';
import { cleanText, isUnreadable } from './text.ts';

const said = (reading: Reading<unknown>): unknown => (reading.ok ? reading.value : reading.fault.code);

describe('the text of a cell', () => {
  test.each([
    ['　ＡＢ１２ ', 'AB12'],
    ['王\u200b小\u00a0明', '王小 明'],
    ['𠮷野家', '𠮷野家'],
    ['一（１）\n班', '一（1） 班'],
    ["'00123", '00123'],
    ['Zoe\u0308', 'Zo\u00eb'],
    ['="00123"', '00123'],
  ])('%j is meant as %j', (raw, meant) => expect(cleanText(raw)).toBe(meant));

  test('cleaning twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const once = cleanText(raw).replace(/^['=]+/, '');
        expect(cleanText(once).replace(/^['=]+/, '')).toBe(once);
      }),
      { seed: 20_250_901 },
    );
  });

  test.each(['\u0000', 'a\u0007b', '\ufffd', '\u202eabc', '\ue123', '\ud842'])('%j is unreadable', (text) =>
    expect(isUnreadable(text)).toBe(true),
  );
  test.each(['𠮷', '㛃', '买买提·艾力', "O'Neil", '䶮󠄀'])('%j is readable', (text) =>
    expect(isUnreadable(text)).toBe(false),
  );
});

describe('dates', () => {
  test.each([
    '2019-09-01',
    '2019/9/1',
    '2019.9.1',
    '20190901',
    '2019年9月1日',
    '43709',
    '2019-09-01 00:00:00',
    '2019年 9月 1日',
  ])('%s is the first of September 2019', (text) => expect(said(readDate(text))).toBe('2019-09-01'));
  test('a serial of a 1904 workbook is four years and a day later', () =>
    expect(said(readDate('42247', 1904))).toBe('2019-09-01'));
  test.each(['2019-02-29', '2019-13-01', '20190931', '2019年4月31日'])('%s does not exist', (text) =>
    expect(said(readDate(text))).toBe('DATE_IMPOSSIBLE'),
  );
  test.each(['2019', '9999', '去年', '01/09/2019', '2019-9'])('%s is no date', (text) =>
    expect(said(readDate(text))).toBe('DATE_NOT_READABLE'),
  );
  test('every day is read back from every spelling', () => {
    const day = fc.date({ min: new Date('1955-01-01'), max: new Date('2060-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const iso = date.toISOString().slice(0, 10);
        const [year, month, of] = iso.split('-').map(Number);
        const serial = Math.round((Date.parse(iso) - Date.UTC(1899, 11, 30)) / 86_400_000);
        for (const text of [
          iso,
          iso.replaceAll('-', ''),
          `${year}/${month}/${of}`,
          `${year}年${month}月${of}日`,
          String(serial),
        ]) {
          expect(said(readDate(text))).toBe(iso);
        }
      }),
      { seed: 20_250_901 },
    );
  });
});

describe('names', () => {
  test.each([
    ['𠮷小明', '𠮷小明'],
    ['张 三', '张三'],
    ['买买提•艾力', '买买提·艾力'],
    ['Anna Maria', 'Anna Maria'],
    ['阿卜杜拉.吐尔逊', '阿卜杜拉·吐尔逊'],
    ['阿卜杜拉 . 吐尔逊', '阿卜杜拉·吐尔逊'],
    ['John F. Kennedy', 'John F. Kennedy'],
  ])('%s is kept as %s', (text, name) => expect(said(readName(text))).toBe(name));
  test.each(['王?', '王□', '王小明1', '王(小)', '测'.repeat(61), '…'])('%s is refused', (text) =>
    expect(readName(text).ok).toBe(false),
  );
});

describe('telephone numbers', () => {
  test.each([
    ['139 1234-5678', '13912345678'],
    ['+86 13912345678', '13912345678'],
    ['0351-1234567', '0351-1234567'],
    ['03511234567', '0351-1234567'],
    ['010-12345678转801', '010-12345678-801'],
    ['+81 90 1234 5678', '+819012345678'],
  ])('%s is %s', (text, number) => expect(said(readPhone(text))).toBe(number));
  test.each(['12345678901', '1391234567', '1234567', 'abc', '00000000000'])('%s is refused', (text) =>
    expect(said(readPhone(text))).toBe('PHONE_INVALID'),
  );
});

describe('addresses and document numbers', () => {
  test('a division code before an address is taken out', () =>
    expect(said(readAddress('（140105）山西省太原市小店区1号'))).toEqual({
      regionCode: '140105',
      text: '山西省太原市小店区1号',
    }));
  test('an address may begin with a short number', () =>
    expect(said(readAddress('15号院3号楼2单元'))).toEqual({ regionCode: null, text: '15号院3号楼2单元' }));
  test.each(['太原', '140105', '1'.repeat(300)])('%s is no address', (text) =>
    expect(readAddress(text).ok).toBe(false),
  );
  test('spaces and lower-case letters in a number do not matter', () =>
    expect(said(readDocumentNumber('140105 20190506 00 1x'))).toBe('14010520190506001X'));
  test('a number in scientific notation has lost its last digits', () =>
    expect(said(readDocumentNumber('1.40105E+17'))).toBe('NUMBER_PRECISION_LOST'));
});
