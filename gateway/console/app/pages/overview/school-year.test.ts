import { monthEnds, schoolYearStart } from './school-year.ts';

test.each([
  ['2026-08-31', '2025-09-01'],
  ['2026-09-01', '2026-09-01'],
  ['2027-02-28', '2026-09-01'],
])('%s lies in the school year that began on %s', (day, start) => {
  expect(schoolYearStart(day)).toBe(start);
});

test('ten months end with the day itself, and go through the end of every month before it', () => {
  const ends = monthEnds('2028-03-15');
  expect(ends).toHaveLength(10);
  expect(ends.slice(-3)).toEqual(['2028-01-31', '2028-02-29', '2028-03-15']);
  expect(ends[0]).toBe('2027-06-30');
});
