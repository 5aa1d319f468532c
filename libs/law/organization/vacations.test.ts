import type { Term } from './term-calendar.ts';
import { vacationsBetween } from './vacations.ts';

const autumn: Term = { schoolYear: 2026, season: 'AUTUMN', opensOn: '2026-09-01', closesOn: '2027-01-15' };
const spring: Term = { schoolYear: 2026, season: 'SPRING', opensOn: '2027-02-22', closesOn: '2027-07-02' };
const next: Term = { schoolYear: 2027, season: 'AUTUMN', opensOn: '2027-09-01', closesOn: '2028-01-14' };

test('a vacation lies between a term and the very next one, in whatever order they were entered', () => {
  expect(vacationsBetween([next, spring, autumn])).toEqual({
    known: [
      { from: '2027-01-16', to: '2027-02-21' },
      { from: '2027-07-03', to: '2027-08-31' },
    ],
    unknown: [{ from: '2028-01-15', to: '9999-12-31' }],
  });
});

test('days after a term whose next one is missing are not known to be a vacation', () => {
  expect(vacationsBetween([autumn, next])).toEqual({
    known: [],
    unknown: [
      { from: '2027-01-16', to: '2027-08-31' },
      { from: '2028-01-15', to: '9999-12-31' },
    ],
  });
});

test('without any term there is none', () => {
  expect(vacationsBetween([])).toEqual({ known: [], unknown: [] });
});
