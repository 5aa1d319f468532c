import { breaks, holds } from '#test/support/rules.ts';
import { disclose, readerOf, shown } from './disclosure.ts';

const county = { lo: 14_010_500_000, hi: 14_010_599_999 };
const otherCounty = { lo: 14_010_600_000, hi: 14_010_699_999 };
const city = { lo: 14_010_000_000, hi: 14_019_999_999 };
const school = { lo: 14_010_500_001, hi: 14_010_500_001 };

const table = [
  [9, 20],
  [30, 40],
];

describe('who reads a table', () => {
  test(holds('STA-08', 'a unit, its authority and those above it read exact numbers'), () => {
    expect(readerOf(county, county)).toBe('EXACT');
    expect(readerOf(county, school)).toBe('EXACT');
    expect(readerOf(city, school)).toBe('EXACT');
    expect(disclose(table, 'EXACT')).toEqual({
      cells: table,
      rowTotals: [29, 70],
      columnTotals: [39, 60],
      total: 99,
    });
  });

  test(breaks('STA-08', 'siblings, units below and people without a unit read published numbers'), () => {
    expect(readerOf(otherCounty, county)).toBe('PUBLISHED');
    expect(readerOf(school, county)).toBe('PUBLISHED');
    expect(readerOf(undefined, county)).toBe('PUBLISHED');
    const { cells, total } = disclose(table, 'PUBLISHED');
    expect(cells).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(total).toBe(99);
  });

  test('a table without rows has no total to publish', () => {
    expect(disclose([], 'PUBLISHED').total).toBeNull();
    expect(disclose([], 'EXACT').total).toBe(0);
  });

  test('a suppressed count is shown by its mark, never by a number', () => {
    expect(shown(null)).toEqual({ count: null, display: '<10*' });
    expect(shown(45)).toEqual({ count: 45, display: '45' });
  });
});
