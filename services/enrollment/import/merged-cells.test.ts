import fc from 'fast-check';
import { MergedCells } from './merged-cells.ts';

describe('merged cells', () => {
  test('the first cell keeps its value, every other one is covered', () => {
    const merged = new MergedCells(
      [{ firstRow: 2, lastRow: 4, firstColumn: 1, lastColumn: 2 }],
      [0, 1, 2, 3],
    );
    const covered = [1, 2, 3, 4, 5].map((row) => [0, 1, 2, 3].filter((column) => merged.covers(row, column)));
    expect(covered).toEqual([[], [2], [1, 2], [1, 2], []]);
  });

  test('spans found by search agree with looking at every range', () => {
    const range = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.nat(6), fc.nat(4), fc.nat(2))
      .map(([firstRow, rows, firstColumn, columns]) => ({
        firstRow,
        lastRow: firstRow + rows,
        firstColumn,
        lastColumn: firstColumn + columns,
      }));
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(6),
        (ranges, row, column) => {
          const plainly = ranges.some(
            (one) =>
              row >= one.firstRow &&
              row <= one.lastRow &&
              column >= one.firstColumn &&
              column <= one.lastColumn &&
              !(row === one.firstRow && column === one.firstColumn),
          );
          expect(new MergedCells(ranges, [0, 1, 2, 3, 4, 5, 6]).covers(row, column)).toBe(plainly);
        },
      ),
      { seed: 20_250_901 },
    );
  });
});
