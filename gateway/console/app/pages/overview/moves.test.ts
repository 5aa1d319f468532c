import { movesOf, sankeyOf } from './moves.ts';

const row = (from: string, to: string, count: number) => ({
  __typename: 'FlowRow' as const,
  keys: [
    { __typename: 'FlowKey' as const, dimension: 'ORIGIN' as const, value: '140000', label: from },
    { __typename: 'FlowKey' as const, dimension: 'DESTINATION' as const, value: '410000', label: to },
  ],
  count,
});
const table = (...rows: ReturnType<typeof row>[]) => ({ __typename: 'FlowTable' as const, rows });

test('the most frequent moves stand first', () => {
  expect(movesOf(table(row('山西省', '河南省', 2), row('河南省', '山西省', 5)))).toEqual([
    { from: '河南省', to: '山西省', count: 5 },
    { from: '山西省', to: '河南省', count: 2 },
  ]);
});

test('two that exchange pupils make no circle, and each looks the same on both sides', () => {
  const { nodes, links } = sankeyOf([
    { from: '山西省', to: '河南省', count: 2 },
    { from: '河南省', to: '山西省', count: 5 },
  ]);
  expect(nodes).toHaveLength(4);
  const [left, right] = [new Set(links.map(({ source }) => source)), links.map(({ target }) => target)];
  expect(right.some((name) => left.has(name))).toBe(false);
  expect(links.reduce((sum, { value }) => sum + value, 0)).toBe(7);
});

test('of very many moves only those are drawn that can be told apart', () => {
  const moves = Array.from({ length: 100 }, (_, at) => ({ from: `甲${at}`, to: `乙${at}`, count: 100 - at }));
  expect(sankeyOf(moves).links).toHaveLength(30);
});
