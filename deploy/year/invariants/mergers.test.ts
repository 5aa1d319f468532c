import type { World } from '../world/world.ts';
import { mergers } from './mergers.ts';

/** A world in which `left` rows of everything are at the school that has ended. */
const worldWith = (left: number, isDone: boolean): World => {
  const decided = { ending: { code: '2114000001' }, standing: { code: '2114000002' }, isDone };
  const shared = {
    registry: { rows: async () => [{ count: left }] },
    memory: new Map([['mergers', [decided]]]),
  };
  return { shared } as unknown as World;
};

describe('at a school that has gone on in another one', () => {
  test('nothing is left, and nothing is told', async () => {
    expect(await mergers(worldWith(0, true))).toEqual([]);
    expect(await mergers(worldWith(0, false))).toEqual([]);
  });

  test('whatever is left is told by its kind', async () => {
    const told = await mergers(worldWith(2, true));
    expect(told).toHaveLength(7);
    expect(told[0]).toBe('school 2114000001 has ended, and 2 registrations are left');
    expect(told.at(-1)).toBe('school 2114000001 has ended, and identity knows 2 children there');
  });

  test('nothing is asked of one whose day has not come', async () => {
    expect(await mergers(worldWith(2, false))).toEqual([]);
  });
});
