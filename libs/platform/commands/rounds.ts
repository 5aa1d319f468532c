type Waiting<Item, Result> = {
  item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
};

export type RoundOptions = {
  /** Items of one round. */
  most: number;
  /** Rounds under way at the same time. */
  atOnce: number;
};

/**
 * Work of many callers done in rounds: an item begins at once while fewer than `atOnce` rounds are under way, else it waits
 * for the next, together with all that came meanwhile. Nobody waits for a clock, and a transaction that costs the same for
 * one as for fifty is paid once. `run` answers for each item in its order; what it throws is everybody's of the round.
 */
export const inRounds = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly PromiseSettledResult<Result>[]>,
  { most, atOnce }: RoundOptions,
): ((item: Item) => Promise<Result>) => {
  const waiting: Waiting<Item, Result>[] = [];
  let underWay = 0;

  const round = async (): Promise<void> => {
    const members = waiting.splice(0, most);
    try {
      const results = await run(members.map(({ item }) => item));
      for (const [index, member] of members.entries()) {
        const result = results[index];
        if (result?.status === 'fulfilled') member.resolve(result.value);
        else member.reject(result?.reason ?? new Error('An item of a round was not answered'));
      }
    } catch (error) {
      for (const member of members) member.reject(error);
    }
  };

  const begin = (): void => {
    if (underWay >= atOnce || waiting.length === 0) return;
    underWay++;
    void round().finally(() => {
      underWay--;
      begin();
    });
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      begin();
    });
};
