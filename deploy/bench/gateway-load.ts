import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';

/** What is sent over and over. */
export type Order = { url: string; authorization: string; body: string };

/** What came back, and what the gateway says of its cache. */
export type Answer = { text: string; cache: string };

const path = '/graphql';

const asker =
  ({ authorization, body }: Order, pool: Pool) =>
  async (): Promise<Answer> => {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body,
    });
    const text = await response.body.text();
    if (response.statusCode !== 200 || text.includes('"errors"'))
      throw new Error(`not answered: ${text.slice(0, 500)}`);
    return { text, cache: String(response.headers['x-cache'] ?? '') };
  };

/** Asks once. */
export type Ask = () => Promise<Answer>;

/** Does some work over so many connections of its own. */
export const connected = async <T>(order: Order, connections: number, work: (ask: Ask) => Promise<T>) => {
  const pool = new Pool(order.url, { connections, pipelining: 1 });
  try {
    return await work(asker(order, pool));
  } finally {
    await pool.close();
  }
};

/** The answer to one request; throws where it has errors. */
export const askOnce = (order: Order): Promise<Answer> => connected(order, 1, (ask) => ask());

/** So many callers who ask again as soon as they are answered; how many answers there were. */
export const closedLoad = async (ask: Ask, callers: number, millis: number): Promise<number> => {
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
};

/**
 * Requests at an even rate, whether or not those before were answered; the milliseconds that each took. The load looks
 * at the clock every millisecond: it leaves its core to the subgraphs in between.
 */
export const openLoad = async (ask: Ask, perSecond: number, millis: number): Promise<number[]> => {
  const begun = performance.now();
  const times: number[] = [];
  const underWay: Promise<void>[] = [];
  const total = Math.floor((perSecond * millis) / 1000);
  const send = async (): Promise<void> => {
    const sent = performance.now();
    await ask();
    times.push(performance.now() - sent);
  };
  while (underWay.length < total) {
    const due = ((performance.now() - begun) / 1000) * perSecond;
    while (underWay.length < Math.min(due, total)) underWay.push(send());
    await setTimeout(1);
  }
  await Promise.all(underWay);
  return times;
};
