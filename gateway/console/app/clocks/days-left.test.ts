import { dayOf, daysLeft } from './days-left.ts';

test.each([
  ['2026-09-03', '2026-09-01', 2],
  ['2026-09-01', '2026-09-01', 0],
  ['2026-08-30', '2026-09-01', -2],
  ['2027-03-01', '2027-02-28', 1],
])('a step due on %s has on %s %i days left', (due, today, left) => {
  expect(daysLeft(due, today)).toBe(left);
});

test('a day begins when it begins in Beijing', () => {
  expect(dayOf(new Date('2026-08-31T15:59:59Z'))).toBe('2026-08-31');
  expect(dayOf(new Date('2026-08-31T16:00:00Z'))).toBe('2026-09-01');
});
