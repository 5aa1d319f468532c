import { Pool } from 'undici';

/** What is sent over and over. */
export type Order = { url: string; authorization: string; body: string };

const path = '/graphql';

const asker =
  ({ authorization, body }: Order, pool: Pool) =>
  async (): Promise<string> => {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body,
    });
    const text = await response.body.text();
    if (response.statusCode !== 200 || text.includes('"errors"'))
      throw new Error(`not answered: ${text.slice(0, 500)}`);
    return text;
  };

const withPool = async <T>(
  order: Order,
  connections: number,
  work: (ask: () => Promise<string>) => Promise<T>,
) => {
  const pool = new Pool(order.url, { connections, pipelining: 1 });
  try {
    return await work(asker(order, pool));
  } finally {
    await pool.close();
  }
};

/** The answer to one request; throws where it has errors. */
export const askOnce = (order: Order): Promise<string> => withPool(order, 1, (ask) => ask());

/** So many callers who ask again as soon as they are answered; how many answers there were. */
export const closedLoad = (order: Order, callers: number, millis: number): Promise<number> =>
  withPool(order, callers, async (ask) => {
    const end = performance.now() + millis;
    let answers = 0;
    const caller = async (): Promise<void> => {
      while (performance.now() < end) {
        await ask();
        answers++;
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return answers;
  });

/** Requests at an even rate, whether or not those before were answered; milliseconds from when each was due. */
export const openLoad = (order: Order, perSecond: number, millis: number): Promise<number[]> =>
  withPool(order, 200, async (ask) => {
    const begun = performance.now();
    const waits: number[] = [];
    const under: Promise<void>[] = [];
    const total = Math.floor((perSecond * millis) / 1000);
    const send = async (due: number): Promise<void> => {
      await ask();
      waits.push(performance.now() - due);
    };
    while (under.length < total) {
      const due = begun + (under.length / perSecond) * 1000;
      if (due > performance.now()) await new Promise((resolve) => setImmediate(resolve));
      else under.push(send(due));
    }
    await Promise.all(under);
    return waits;
  });
