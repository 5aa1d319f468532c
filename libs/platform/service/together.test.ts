import { together } from './together.ts';

describe('work on items that come one by one', () => {
  it('begins at once, and does together what came meanwhile, in its order', async () => {
    const turns: number[][] = [];
    const first = Promise.withResolvers<void>();
    const take = together<number>(async (items) => {
      turns.push([...items]);
      if (turns.length === 1) await first.promise;
    });
    const taken = [1, 2, 3].map(take);
    expect(turns).toEqual([[1]]);
    first.resolve();
    await Promise.all(taken);
    expect(turns).toEqual([[1], [2, 3]]);
  });

  it('fails for those items alone that it was done for, and goes on', async () => {
    const take = together<string>(async (items) => {
      if (items.includes('bad')) throw new Error('cannot');
    });
    const told = await Promise.allSettled([take('good'), take('bad'), take('beside it')]);
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(take('later')).resolves.toBeUndefined();
  });
});
