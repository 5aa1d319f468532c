import fc from 'fast-check';
import { addDays } from '#libs/law/dates.ts';
import { problemsOfTerms, type Term } from './terms.ts';

const autumn: Term = { term: 1, opensOn: '2026-09-01', closesOn: '2027-01-15' };
const spring: Term = { term: 2, opensOn: '2027-02-22', closesOn: '2027-07-02' };
const codes = (...terms: Term[]) => problemsOfTerms(2026, terms).map(({ code }) => code);

describe('terms of a school year', () => {
  test('autumn and spring within the year, one after the other, are sound', () => {
    expect(codes(autumn, spring)).toEqual([]);
    expect(codes(spring, autumn)).toEqual([]);
    expect(codes(autumn)).toEqual([]);
  });

  test('a term may be one day long, and the second may open the day after the first closes', () => {
    expect(codes({ ...autumn, closesOn: autumn.opensOn })).toEqual([]);
    expect(codes(autumn, { ...spring, opensOn: addDays(autumn.closesOn, 1) })).toEqual([]);
  });

  test('the second may not open on the last day of the first', () => {
    expect(codes(autumn, { ...spring, opensOn: autumn.closesOn })).toEqual(['OVERLAPS']);
  });

  test('a term does not close before it opens', () => {
    expect(codes({ ...autumn, closesOn: '2026-08-31' })).toEqual(['CLOSES_BEFORE_OPENING']);
  });

  test('the year runs from 1 August to 31 August, both included', () => {
    expect(codes({ ...autumn, opensOn: '2026-08-01' }, { ...spring, closesOn: '2027-08-31' })).toEqual([]);
    expect(codes({ ...autumn, opensOn: '2026-07-31' })).toEqual(['OUTSIDE_SCHOOL_YEAR']);
    expect(codes(autumn, { ...spring, closesOn: '2027-09-01' })).toEqual(['OUTSIDE_SCHOOL_YEAR']);
  });

  test('all problems are told at once, each with its path', () => {
    const problems = problemsOfTerms(2026, [
      { term: 2, opensOn: '2026-07-01', closesOn: '2026-06-01' },
      { term: 2, opensOn: '2026-09-01', closesOn: '2027-01-15' },
    ]);
    expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['OUTSIDE_SCHOOL_YEAR', 'terms.0.opensOn'],
      ['OUTSIDE_SCHOOL_YEAR', 'terms.0.closesOn'],
      ['TERM_TWICE', 'terms.1.term'],
      ['CLOSES_BEFORE_OPENING', 'terms.0.closesOn'],
    ]);
  });

  test('the second term before the first is out of order, however they lie', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }), (gap, length) => {
        const second: Term = { term: 2, opensOn: '2026-09-01', closesOn: addDays('2026-09-01', length) };
        const opensOn = addDays(second.closesOn, gap);
        const first: Term = { term: 1, opensOn, closesOn: addDays(opensOn, length) };
        expect(codes(first, second)).toEqual(['TERMS_OUT_OF_ORDER']);
      }),
    );
  });
});
