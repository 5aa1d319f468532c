import { FORM_HEADER } from '../fixtures/form-files.ts';
import { matchHeader } from './header.ts';
import { findHeader } from './header-search.ts';
import { FORM_ITEMS } from './items.ts';

const KEYS = FORM_ITEMS.map((item) => item.key);
const keysOf = (titles: readonly string[], groups?: readonly string[]) =>
  matchHeader(titles, groups).columns.map((column) => column.key);
/** Labels as the printed form has them: the same words in each block. */
const BARE = FORM_ITEMS.map((item) => item.labels[0] ?? '');

describe('the header of the form', () => {
  test('is understood as printed, with block names', () => expect(keysOf(FORM_HEADER)).toEqual(KEYS));
  test('is understood by position, with bare labels', () => expect(keysOf(BARE)).toEqual(KEYS));
  test('is understood with marks, numbers, spaces and line breaks', () => {
    const dressed = FORM_ITEMS.map(
      (item, at) => `${item.number}.${at % 2 ? '★ ' : '*'}${[...(item.labels[0] ?? '')].join('\n ')}`,
    );
    expect(keysOf(dressed)).toEqual(KEYS);
  });
  test.each(['监护人一', '家庭成员1', '学生家庭成员或监护人信息一', '第一监护人', '家长一-'])(
    '“%s” names the first block',
    (prefix) =>
      expect(keysOf([`${prefix}姓名`, `${prefix}联系电话`])).toEqual([
        'guardians.0.name',
        'guardians.0.phone',
      ]),
  );
  test.each(['姓名（监护人二）', '成员二（姓名）', '监护人2姓名'])('“%s” names the second block', (title) =>
    expect(keysOf([title])).toEqual(['guardians.1.name']),
  );
  test('a heading over the columns names the block', () => {
    const groups = ['学生个人信息', '学生家庭成员或监护人信息二', '学生家庭成员或监护人信息一'];
    expect(keysOf(['姓名', '姓名', '姓名'], groups)).toEqual([
      'name',
      'guardians.1.name',
      'guardians.0.name',
    ]);
  });
  test('a telephone number before the families is the pupil’s own', () =>
    expect(keysOf(['姓名', '联系电话', '成员一姓名', '联系电话'])).toEqual([
      'name',
      'contactPhone',
      'guardians.0.name',
      'guardians.0.phone',
    ]));
  test('a column that comes twice is named', () => {
    const match = matchHeader(['性别', '出生日期', '性 别']);
    expect(match.repeated.map(({ item, indexes }) => [item.key, indexes])).toEqual([['gender', [0, 2]]]);
  });
  test.each(['出生日期(格式yyyy-mm-dd)', '9、出生日期（必填）', '★出生日期 (文本格式)'])(
    'the hint in “%s” does not matter',
    (title) => expect(keysOf([title])).toEqual(['birthDate']),
  );
  test('a bracket that changes the meaning is no hint', () =>
    expect(keysOf(['姓名', '姓名(拼音)'])).toEqual(['name', null]));
  test('unknown columns are kept without meaning', () =>
    expect(keysOf(['姓名', '备注'])).toEqual(['name', null]));
});

describe('looking for the header', () => {
  const row = (number: number, cells: readonly string[]) => ({ number, cells, flags: new Map() });

  test('it may stand below a title', () => {
    const found = findHeader([row(1, ['某校新生表']), row(4, FORM_HEADER), row(5, ['王小明'])]);
    expect(found?.header.rowNumber).toBe(4);
  });
  test('it may take two rows, the upper one naming blocks and single columns', () => {
    const upper = BARE.map((label, at) =>
      at < 17 ? label : at === 17 ? '监护人一' : at === 26 ? '监护人二' : at > 34 ? label : '',
    );
    const lower = BARE.map((label, at) => (at < 17 || at > 34 ? '' : label));
    const found = findHeader([row(1, upper), row(2, lower), row(3, ['王小明'])]);
    expect(found?.header.rowNumber).toBe(2);
    expect(found?.header.columns.map((column) => column.key)).toEqual(KEYS);
  });
  test('beyond the tenth row it is not looked for', () => {
    const titles = Array.from({ length: 10 }, (_, at) => row(at + 1, ['说明']));
    expect(findHeader([...titles, row(11, FORM_HEADER)])).toBeNull();
    expect(findHeader([...titles.slice(1), row(11, FORM_HEADER)])).not.toBeNull();
  });
});
