import { type Count, groupCounts } from './group.ts';
import type { Dimension } from './question.ts';

const count = (more: Partial<Count>): Count => ({
  unit: '140105',
  attribute: '',
  value: '',
  stage: 'PRIMARY',
  gender: 'MALE',
  entryYearAdj: 2026,
  lastGrade: 6,
  frozenAt: null,
  n: 1,
  ...more,
});

const before = { at: new Date('2026-08-10T23:59:59+08:00'), promotions: [] };
const after = { at: new Date('2026-08-11T00:00:00+08:00'), promotions: [] };
const by = (...dimensions: Dimension[]) => ({ by: dimensions, filter: {} });

describe('a table by grade', () => {
  test('moves up with the promotion of the year, and no count is touched', () => {
    const counts = [count({ entryYearAdj: 2025, n: 40 }), count({ entryYearAdj: 2024, n: 30 })];
    expect(groupCounts(counts, by('GRADE'), before)).toEqual([
      { values: ['1'], n: 40 },
      { values: ['2'], n: 30 },
    ]);
    expect(groupCounts(counts, by('GRADE'), after)).toEqual([
      { values: ['2'], n: 40 },
      { values: ['3'], n: 30 },
    ]);
  });

  test('follows the promotion that was entered for the year', () => {
    const promotions = [{ schoolYear: 2026, at: new Date('2026-08-20T00:00:00+08:00') }];
    const counts = [count({ entryYearAdj: 2025, n: 40 })];
    expect(groupCounts(counts, by('GRADE'), { ...after, promotions })).toEqual([{ values: ['1'], n: 40 }]);
  });

  test('keeps frozen pupils in the grade in which they were frozen', () => {
    const counts = [
      count({ entryYearAdj: 2025, n: 40 }),
      count({ entryYearAdj: 2025, frozenAt: '2026-03-01T00:00:00.000Z', n: 2 }),
    ];
    expect(groupCounts(counts, by('GRADE'), after)).toEqual([
      { values: ['1'], n: 2 },
      { values: ['2'], n: 40 },
    ]);
  });

  test('can be narrowed to one grade', () => {
    const counts = [count({ entryYearAdj: 2025, n: 40 }), count({ entryYearAdj: 2024, n: 30 })];
    expect(groupCounts(counts, { by: ['STAGE'], filter: { grade: 2 } }, before)).toEqual([
      { values: ['PRIMARY'], n: 30 },
    ]);
  });
});

describe('a table by attribute', () => {
  test('counts pupils without a flag as the rest of all', () => {
    const counts = [count({ n: 40 }), count({ attribute: 'BOARDER', value: 'true', n: 15 })];
    expect(groupCounts(counts, { by: ['BOARDER'], attribute: 'BOARDER', filter: {} }, after)).toEqual([
      { values: ['true'], n: 15 },
      { values: ['false'], n: 25 },
    ]);
  });

  test('shows each word with its count, in the order of the vocabulary', () => {
    const counts = [
      count({ attribute: 'STATUS', value: 'IN_SCHOOL', n: 30 }),
      count({ attribute: 'STATUS', value: 'PENDING_APPROVAL', gender: 'FEMALE', n: 3 }),
    ];
    expect(groupCounts(counts, { by: ['STATUS', 'GENDER'], attribute: 'STATUS', filter: {} }, after)).toEqual(
      [
        { values: ['PENDING_APPROVAL', 'FEMALE'], n: 3 },
        { values: ['IN_SCHOOL', 'MALE'], n: 30 },
      ],
    );
  });
});

describe('a table by unit', () => {
  test('lists units by code and then schools, and leaves out what has nobody', () => {
    const counts = [
      count({ unit: '2114000001', n: 1 }),
      count({ unit: '140106', n: 2 }),
      count({ unit: '140105', n: 3 }),
      count({ unit: '140107', n: 0 }),
    ];
    expect(groupCounts(counts, by('UNIT'), after).map((row) => row.values[0])).toEqual([
      '140105',
      '140106',
      '2114000001',
    ]);
  });
});
