import { drawNewcomers, withSuccessor } from './newcomers.ts';
import { planProvince } from './plan.ts';

const plan = planProvince({ province: '14', students: 1_600, seed: 7 }, 2025);

test('children who were to come to a school that has ended come to the one in which it goes on, and nobody is lost', () => {
  const newcomers = drawNewcomers(plan);
  const [ending = '', standing = ''] = [...newcomers.entrants(2026).keys()].sort();
  const after = withSuccessor(newcomers, ending, standing);
  const keysOf = (of: typeof newcomers) =>
    [...of.entrants(2026).values()]
      .flat()
      .map(({ key }) => key)
      .sort();
  expect(keysOf(after)).toEqual(keysOf(newcomers));
  expect(after.entrants(2026).get(ending)).toBeUndefined();
  expect(after.entrants(2026).get(standing)).toHaveLength(
    [ending, standing].flatMap((code) => newcomers.entrants(2026).get(code) ?? []).length,
  );
  for (const child of after.entrants(2026).get(standing) ?? []) expect(child.school).toBe(standing);
  expect(after.arrivals.map(({ key }) => key)).toEqual(newcomers.arrivals.map(({ key }) => key));
  expect(after.arrivals.some(({ school }) => school === ending)).toBe(false);
});
