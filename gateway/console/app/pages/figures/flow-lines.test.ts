import { flowLines } from './flow-lines.ts';

const row = (values: readonly string[], entered: number, left: number, within: number) => ({
  keys: values.map((value) => ({ value })),
  ...{ count: entered + left + within, entered, left, within },
});

test('a move from one unit below to another stays within the whole, though it left one and entered the other', () => {
  const [whole, ...units] = flowLines(
    1,
    [row(['140100'], 0, 1, 0), row(['140200'], 1, 0, 0)],
    [row([], 0, 0, 1)],
  );
  expect(whole).toEqual({ values: [''], count: 1, entered: 0, left: 0, within: 1 });
  expect(units.map(({ entered, left }) => [entered, left])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('kinds of a unit are added up before them', () => {
  const lines = flowLines(2, [row(['140100', 'TRANSFER'], 2, 1, 0), row(['140100', 'DEATH'], 0, 1, 0)], []);
  expect(lines[1]).toEqual({ values: ['140100', ''], count: 4, entered: 2, left: 2, within: 0 });
});

test('where nothing happened the whole is nothing', () =>
  expect(flowLines(1, [], [])).toEqual([{ values: [''], count: 0, entered: 0, left: 0, within: 0 }]));
