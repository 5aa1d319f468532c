import fc from 'fast-check';
import { chooseForLog, type Waiting } from './relay-order.ts';

/** Rows of a few aggregates, each with its versions from 1 on without a gap. */
const anyRows = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 })
  .chain((aggregates) =>
    fc.tuple(
      ...aggregates.map((aggregate) =>
        fc
          .integer({ min: 1, max: 6 })
          .map((count) => Array.from({ length: count }, (_, at) => ({ aggregate, version: at + 1 }))),
      ),
    ),
  )
  .map((rows) => rows.flat());

/** The rows in any order, in rounds of any size: how commits become visible. */
const anyVisibility = anyRows.chain((rows) =>
  fc.tuple(
    fc.shuffledSubarray(rows, { minLength: rows.length }),
    fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: rows.length }),
  ),
);

const versionsOf = (log: readonly Waiting[]): Map<string, number[]> =>
  new Map(
    [...Map.groupBy(log, (row) => row.aggregate)].map(([aggregate, rows]) => [
      aggregate,
      rows.map((row) => row.version),
    ]),
  );

const reached = (log: readonly Waiting[]) =>
  new Map([...versionsOf(log)].map(([aggregate, versions]) => [aggregate, versions.length]));

describe('the order in which waiting rows get their numbers', () => {
  test('has no gap and keeps each aggregate in order, however commits become visible', () => {
    fc.assert(
      fc.property(anyVisibility, ([visible, rounds]) => {
        const log: Waiting[] = [];
        let waiting: Waiting[] = [];
        const next = [...visible];
        for (const size of [...rounds, next.length]) {
          waiting.push(...next.splice(0, size));
          const chosen = chooseForLog(waiting, reached(log));
          log.push(...chosen);
          waiting = waiting.filter((row) => !chosen.includes(row));
          for (const [, versions] of versionsOf(log))
            expect(versions).toEqual(versions.map((_, at) => at + 1));
        }
        expect(waiting).toEqual([]);
        expect(new Set(log).size).toBe(visible.length);
      }),
      { numRuns: 500 },
    );
  });

  test('takes every row that can be taken, and only rows that were given', () => {
    fc.assert(
      fc.property(anyVisibility, ([visible, [first = 0]]) => {
        const seen = visible.slice(0, first);
        const chosen = chooseForLog(seen, new Map());
        const possible = [...Map.groupBy(seen, (row) => row.aggregate).values()].flatMap((rows) => {
          const versions = new Set(rows.map((row) => row.version));
          return rows.filter((row) =>
            Array.from({ length: row.version }, (_, at) => at + 1).every((v) => versions.has(v)),
          );
        });
        expect(new Set(chosen)).toEqual(new Set(possible));
      }),
    );
  });

  test('a row whose predecessor is missing keeps no other aggregate waiting', () => {
    const rows = [
      { aggregate: 'stuck', version: 2 },
      { aggregate: 'free', version: 1 },
    ];
    expect(chooseForLog(rows, new Map())).toEqual([{ aggregate: 'free', version: 1 }]);
  });

  test('a long chain that was seen backwards is taken whole', () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => ({ aggregate: 'a', version: 20_000 - at }));
    expect(chooseForLog(rows, new Map()).map((row) => row.version)).toEqual(
      rows.map((row) => row.version).reverse(),
    );
  });
});
