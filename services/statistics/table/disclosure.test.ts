import { breaks, holds } from '#test/support/rules.ts';
import { readerOf, shown } from './disclosure.ts';

const county = { lo: 14_010_500_000, hi: 14_010_599_999 };
const otherCounty = { lo: 14_010_600_000, hi: 14_010_699_999 };
const city = { lo: 14_010_000_000, hi: 14_019_999_999 };
const school = { lo: 14_010_500_001, hi: 14_010_500_001 };

describe('who reads a table', () => {
  test(holds('STA-08', 'a unit, its authority and those above it read exact numbers'), () => {
    expect(readerOf(county, county)).toBe('EXACT');
    expect(readerOf(county, school)).toBe('EXACT');
    expect(readerOf(city, school)).toBe('EXACT');
  });

  test(
    breaks('STA-08', 'siblings, units below and people without a unit read published tables alone'),
    () => {
      expect(readerOf(otherCounty, county)).toBe('PUBLISHED');
      expect(readerOf(school, county)).toBe('PUBLISHED');
      expect(readerOf(undefined, county)).toBe('PUBLISHED');
    },
  );

  test('a hidden count is shown by its mark, a rounded one says so, another as it is', () => {
    expect(shown(null)).toEqual({ count: null, roundedTo: null, display: '<10*' });
    expect(shown(2100, 50)).toEqual({ count: 2100, roundedTo: 50, display: '≈2100' });
    expect(shown(45)).toEqual({ count: 45, roundedTo: null, display: '45' });
  });
});
