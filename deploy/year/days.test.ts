import { isFirstOf, lastDayOf, monthsOfYear, nthOf } from './days.ts';

const months = monthsOfYear();
const days = months.flatMap((month) => month.days);

test('the year goes from September 2025 through September 2026, on every Tuesday and the days on which something falls', () => {
  expect(months).toHaveLength(13);
  expect([days[0], days.at(-1)]).toEqual(['2025-09-01', '2026-09-29']);
  expect(days).toEqual([...new Set(days)].toSorted());
  for (const day of ['2026-02-09', '2026-02-10', '2026-08-10', '2026-08-12']) expect(days).toContain(day);
});

test('a month ends with its last day, in whatever year', () => {
  expect(['2025-09', '2026-02', '2024-02', '2025-12'].map(lastDayOf)).toEqual([
    '2025-09-30',
    '2026-02-28',
    '2024-02-29',
    '2025-12-31',
  ]);
});

test('the first day of a month is the first on which people act, and days are counted from 0', () => {
  expect(days.filter((day) => isFirstOf(days, day))).toHaveLength(13);
  expect(isFirstOf(days, '2025-10-07')).toBe(true);
  expect(isFirstOf(days, '2025-10-14')).toBe(false);
  expect(nthOf(days, '2025-09-01')).toBe(0);
});
