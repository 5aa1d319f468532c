import { publishedIn } from './published-question.ts';

const months = [
  { month: '2026-10', tables: ['UNITS_BY_STAGE', 'GRADES_BY_GENDER'] },
  { month: '2026-09', tables: ['UNITS_BY_STAGE'] },
];
const asked = (text: string) => publishedIn(new URLSearchParams(text), months);

test('an address that says nothing asks for the first table of the nation, of the last month', () =>
  expect(asked('')).toEqual({ table: 'UNITS_BY_STAGE', month: '2026-10', scope: '000000' }));

test('table, month and place are those of the address', () =>
  expect(asked('published=GRADES_BY_GENDER&month=2026-10&place=140000')).toEqual({
    ...{ table: 'GRADES_BY_GENDER', month: '2026-10', scope: '140000' },
  }));

test('what is not published is not asked for', () => {
  expect(asked('month=2020-01')?.month).toBe('2026-10');
  expect(asked('published=GRADES_BY_GENDER&month=2026-09')?.table).toBe('UNITS_BY_STAGE');
  expect(publishedIn(new URLSearchParams(), [])).toBeUndefined();
});
