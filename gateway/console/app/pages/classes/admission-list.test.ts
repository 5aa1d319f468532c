import { pupilsIn, reportsBy } from './admission-list.ts';

test('a line is a number and a name, with whatever stands between them; empty lines are nothing', () =>
  expect(pupilsIn('G140105201409011234 王小明\n\ng14010520140901123x，李 梅\n')).toEqual({
    pupils: [
      { studentNumber: 'G140105201409011234', name: '王小明' },
      { studentNumber: 'G14010520140901123X', name: '李 梅' },
    ],
    wrong: [],
  }));

test('digits typed full width count as digits', () =>
  expect(pupilsIn('Ｇ１４０１０５２０１４０９０１１２３４\t王小明').pupils).toHaveLength(1));

test('a line without a number or without a name is told by its place', () =>
  expect(pupilsIn('王小明\nG140105201409011234 李梅\nG140105201409011234').wrong).toEqual([1, 3]));

test('more time goes before the day of everybody; without a course there is no day', () => {
  const course = { noShowAfter: '2026-09-15', extendedUntil: '2026-10-01' };
  expect(reportsBy(course)).toBe('2026-10-01');
  expect(reportsBy({ ...course, extendedUntil: null })).toBe('2026-09-15');
  expect(reportsBy(null)).toBeNull();
});
