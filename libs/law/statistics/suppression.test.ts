import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { ELSEWHERE } from '../testing/places.ts';
import { type CountTable, judgeCount, type PublishedTable, suppressSmallCells } from './suppression.ts';

/** The published table as one grid with its totals. */
const gridOf = ({ cells, rowTotals, columnTotals, total }: PublishedTable) => [
  ...cells.map((row, at) => [...row, rowTotals[at] ?? null]),
  [...columnTotals, total],
];

/**
 * Which unpublished counts follow from the published ones: the equations "row sums to its total" and "column sums to
 * its total" in reduced form; a count follows when its row of the reduced form names it alone.
 */
const recoverable = (grid: (number | null)[][]): number => {
  const unknowns = grid.flatMap((row, r) => row.flatMap((count, c) => (count === null ? [`${r}/${c}`] : [])));
  const sign = (at: number, last: number) => (at === last ? -1 : 1);
  const width = grid[0]?.length ?? 0;
  const equations = [
    ...grid.map((row, r) =>
      unknowns.map((name) =>
        name.startsWith(`${r}/`) ? sign(Number(name.split('/')[1]), row.length - 1) : 0,
      ),
    ),
    ...Array.from({ length: width }, (_, c) =>
      unknowns.map((name) =>
        name.endsWith(`/${c}`) ? sign(Number(name.split('/')[0]), grid.length - 1) : 0,
      ),
    ),
  ];
  return reduced(equations).filter(
    (equation) => equation.filter((factor) => Math.abs(factor) > 1e-9).length === 1,
  ).length;
};

const reduced = (matrix: number[][]): number[][] => {
  const rows = matrix.map((row) => [...row]);
  let done = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const found = rows.findIndex((row, at) => at >= done && Math.abs(row[column] ?? 0) > 1e-9);
    const pivot = rows[found];
    const other = rows[done];
    if (!pivot || !other) continue;
    rows[found] = other;
    const scaled = pivot.map((factor) => factor / (pivot[column] ?? 1));
    rows[done] = scaled;
    rows.forEach((row, at) => {
      if (at !== done) rows[at] = row.map((factor, c) => factor - (row[column] ?? 0) * (scaled[c] ?? 0));
    });
    done += 1;
  }
  return rows.slice(0, done);
};

const table = (): fc.Arbitrary<CountTable> =>
  fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([rows, columns]) =>
    fc.array(
      fc.array(fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 500 })), {
        minLength: columns,
        maxLength: columns,
      }),
      {
        minLength: rows,
        maxLength: rows,
      },
    ),
  );

describe('a published table', () => {
  it(holds('STA-08', 'counts from ten on are published with their totals'), () => {
    expect(
      suppressSmallCells([
        [10, 20],
        [30, 40],
      ]),
    ).toEqual({
      cells: [
        [10, 20],
        [30, 40],
      ],
      rowTotals: [30, 70],
      columnTotals: [40, 60],
      total: 100,
    });
    expect(judgeCount(10, '2026-09-01', ELSEWHERE)).toEqual([]);
  });

  it(breaks('STA-08', 'a count of nine is not, nor the others that would give it away'), () => {
    const { cells, rowTotals, total } = suppressSmallCells([
      [9, 20],
      [30, 40],
    ]);
    expect(cells[0]?.[0]).toBeNull();
    expect(cells).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(rowTotals).toEqual([29, 70]);
    expect(total).toBe(99);
    expect(judgeCount(9, '2026-09-01', ELSEWHERE)).toMatchObject([{ code: 'SMALL_CELL', outcome: 'REJECT' }]);
  });

  it('hides the smallest further counts that do', () => {
    const { cells } = suppressSmallCells([
      [5, 100, 900],
      [20, 11, 12],
      [12, 300, 13],
    ]);
    expect(cells.flat().filter((count) => count === null)).toHaveLength(4);
    expect(cells[0]).toEqual([null, null, 900]);
  });

  it('hides a total that is small itself', () => {
    const { total, rowTotals } = suppressSmallCells([[1, 2]]);
    expect(total).toBeNull();
    expect(rowTotals).toEqual([null]);
  });

  it('takes another threshold where one is set', () => {
    expect(
      suppressSmallCells(
        [
          [5, 6],
          [7, 8],
        ],
        5,
      ).cells,
    ).toEqual([
      [5, 6],
      [7, 8],
    ]);
  });

  it('never lets a hidden count be worked out, and never shows a small or a wrong one', () => {
    fc.assert(
      fc.property(table(), (counts) => {
        const published = suppressSmallCells(counts);
        const grid = gridOf(published);
        expect(recoverable(grid)).toBe(0);
        for (const count of grid.flat()) if (count !== null) expect(count).toBeGreaterThanOrEqual(10);
        published.cells.forEach((row, r) => {
          row.forEach((count, c) => {
            if (count !== null) expect(count).toBe(counts[r]?.[c]);
          });
        });
      }),
      { numRuns: 500 },
    );
  });

  it('hides nothing where nothing is small', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 10, max: 99 }), fc.integer({ min: 10, max: 99 })), {
          minLength: 1,
        }),
        (counts) => {
          expect(gridOf(suppressSmallCells(counts)).flat()).not.toContain(null);
        },
      ),
    );
  });

  it('is refused when it is no table of counts', () => {
    for (const wrong of [[], [[]], [[1, 2], [3]], [[-1]], [[1.5]]]) {
      expect(() => suppressSmallCells(wrong)).toThrow(RangeError);
    }
  });
});
