import { lastTerms, termOf } from './term.ts';

test.each([
  ['2026-08-01', 2026, 1],
  ['2026-11-23', 2026, 1],
  ['2027-01-31', 2026, 1],
  ['2027-02-01', 2026, 2],
  ['2027-07-31', 2026, 2],
] as const)('%s lies in the school year of %i, term %i', (day, schoolYear, term) => {
  expect(termOf(day)).toEqual({ schoolYear, term });
});

test('terms before a term follow each other without a gap', () => {
  expect(lastTerms('2026-11-23', 4)).toEqual([
    { schoolYear: 2026, term: 1 },
    { schoolYear: 2025, term: 2 },
    { schoolYear: 2025, term: 1 },
    { schoolYear: 2024, term: 2 },
  ]);
});
