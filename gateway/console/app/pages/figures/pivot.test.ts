import fc from 'fast-check';
import { type CountRow, exactPivot, givenPivot, shareOf } from './pivot.ts';

const row = (values: Readonly<Record<string, string>>, count: number | null): CountRow => ({
  keys: Object.entries(values).map(([dimension, value]) => ({ dimension, value, label: null })),
  ...{ count, display: count === null ? '<10*' : String(count) },
});

const shown = ({ lines, columns }: ReturnType<typeof exactPivot>) =>
  lines.map(({ values, cells }) => [
    ...values,
    ...[...columns, ''].map((column) => cells.get(column)?.count ?? cells.get(column)?.display),
  ]);

test('the last dimension goes across in the order of its words, sums stand before their parts', () => {
  const pivot = exactPivot(
    ['UNIT', 'STAGE', 'GENDER'],
    [
      row({ UNIT: '140100', STAGE: 'PRIMARY', GENDER: 'FEMALE' }, 3),
      row({ UNIT: '140100', STAGE: 'PRIMARY', GENDER: 'MALE' }, 4),
      row({ UNIT: '140100', STAGE: 'JUNIOR', GENDER: 'MALE' }, 5),
      row({ UNIT: '140200', STAGE: 'PRIMARY', GENDER: 'FEMALE' }, 6),
    ],
  );
  expect(pivot.columns).toEqual(['MALE', 'FEMALE']);
  expect(shown(pivot)).toEqual([
    ['', '', 9, 9, 18],
    ['140100', '', 9, 3, 12],
    ['140100', 'PRIMARY', 4, 3, 7],
    ['140100', 'JUNIOR', 5, 0, 5],
    ['140200', '', 0, 6, 6],
    ['140200', 'PRIMARY', 0, 6, 6],
  ]);
});

test('grades go down with their stages, and a single dimension stands alone', () => {
  expect(exactPivot(['STAGE', 'GRADE'], []).across).toBeUndefined();
  expect(exactPivot(['STAGE'], []).down).toEqual(['STAGE']);
});

test('a whole without dimensions is one line', () =>
  expect(shown(exactPivot([], [row({}, 7)]))).toEqual([[7]]));

test('nobody is lost or counted twice: each column, and every level of sums, comes to the whole', () => {
  const rows = fc.uniqueArray(
    fc.record({ unit: fc.constantFrom('1', '2', '3'), boarder: fc.constantFrom('true', 'false') }),
    { selector: ({ unit, boarder }) => `${unit} ${boarder}` },
  );
  fc.assert(
    fc.property(rows, fc.array(fc.nat(1000), { minLength: 6, maxLength: 6 }), (keys, counts) => {
      const all = keys.map(({ unit, boarder }, at) => row({ UNIT: unit, BOARDER: boarder }, counts[at] ?? 0));
      const { lines, columns } = exactPivot(['UNIT', 'BOARDER'], all);
      const [whole, ...parts] = lines;
      for (const column of [...columns, ''])
        expect(parts.reduce((sum, { cells }) => sum + (cells.get(column)?.count ?? 0), 0)).toBe(
          whole?.cells.get(column)?.count,
        );
      expect(whole?.cells.get('')?.count).toBe(all.reduce((sum, { count }) => sum + (count ?? 0), 0));
    }),
  );
});

test('a published table keeps its own sums and hides what is hidden: nothing is added up here', () => {
  const pivot = givenPivot(
    ['STAGE', 'BOARDER'],
    [
      row({}, 100),
      row({ BOARDER: 'true' }, null),
      row({ BOARDER: 'false' }, null),
      row({ STAGE: 'PRIMARY' }, 100),
      row({ STAGE: 'PRIMARY', BOARDER: 'true' }, null),
    ],
  );
  expect(shown(pivot)).toEqual([
    ['', '<10*', '<10*', 100],
    ['PRIMARY', '<10*', undefined, 100],
  ]);
});

test('a published subtotal stands before its own parts', () => {
  const rows = [
    row({}, 30),
    row({ STAGE: 'PRIMARY' }, 20),
    row({ STAGE: 'JUNIOR' }, 10),
    row({ STAGE: 'PRIMARY', GRADE: '1' }, 20),
  ];
  expect(shown(givenPivot(['STAGE', 'GRADE'], rows)).map(([stage, grade]) => [stage, grade])).toEqual([
    ['', ''],
    ['PRIMARY', ''],
    ['PRIMARY', '1'],
    ['JUNIOR', ''],
  ]);
});

test('a share is told of exact counts alone', () => {
  const [one, hidden, about] = [
    { count: 5, roundedTo: null, display: '5' },
    { count: null, roundedTo: null, display: '<10*' },
    { count: 10, roundedTo: 5, display: '≈10' },
  ];
  expect(shareOf(one, { ...one, count: 20 })).toBe(0.25);
  expect([shareOf(hidden, one), shareOf(one, about), shareOf(one, { ...one, count: 0 })]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
