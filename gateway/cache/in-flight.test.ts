import type { Ending } from '../http/time.ts';
import { InFlight } from './in-flight.ts';

const ticket = { begun: 0, at: 0 };

/** A fetch that ends when the test says so, or with what broke it off. */
const open = () => {
  const settle = Promise.withResolvers<string>();
  const seen: { signal?: Ending } = {};
  return {
    settle,
    seen,
    fetch: (signal: Ending) => {
      seen.signal = signal;
      return settle.promise;
    },
  };
};

const staying = () => new AbortController().signal;

test('whoever asks the same while it is fetched gets the one answer', async () => {
  const flights = new InFlight<string>(10_000);
  const { settle, fetch } = open();
  const first = flights.start('key', ticket, staying(), fetch);
  const second = flights.join('key', staying());
  settle.resolve('answer');
  expect(await Promise.all([first, second])).toEqual(['answer', 'answer']);
});

test('there is nothing to join under another key, and nothing once it has ended', async () => {
  const flights = new InFlight<string>(10_000);
  const { settle, fetch } = open();
  const first = flights.start('key', ticket, staying(), fetch);
  expect(flights.ticketOf('key')).toBe(ticket);
  expect(await flights.join('other', staying())).toBeUndefined();
  settle.resolve('answer');
  await first;
  expect(flights.ticketOf('key')).toBeUndefined();
  expect(await flights.join('key', staying())).toBeUndefined();
});

test('one who leaves breaks off nothing for the others, not even who came first', async () => {
  const flights = new InFlight<string>(10_000);
  const { settle, seen, fetch } = open();
  const leaving = new AbortController();
  const first = flights.start('key', ticket, leaving.signal, fetch);
  const second = flights.join('key', staying());
  leaving.abort();
  expect(await first).toBeUndefined();
  expect(seen.signal?.aborted).toBe(false);
  settle.resolve('answer');
  expect(await second).toBe('answer');
});

test('when all have left it is broken off, and who comes then begins anew', async () => {
  const flights = new InFlight<string>(10_000);
  const { seen, fetch } = open();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = flights.start('key', ticket, one.signal, fetch);
  const second = flights.join('key', two.signal);
  one.abort();
  two.abort();
  await Promise.all([first, second]);
  expect(seen.signal?.aborted).toBe(true);
  expect(flights.ticketOf('key')).toBeUndefined();
});

test('one who has left before is not waited for', async () => {
  const flights = new InFlight<string>(10_000);
  const { seen, fetch } = open();
  expect(await flights.start('key', ticket, AbortSignal.abort(), fetch)).toBeUndefined();
  expect(seen.signal?.aborted).toBe(true);
});

test('a newer fetch under the same key is the one that is joined, and the older one does not end it', async () => {
  const flights = new InFlight<string>(10_000);
  const [old, young] = [open(), open()];
  const first = flights.start('key', ticket, staying(), old.fetch);
  const newer = { begun: 1, at: 0 };
  const second = flights.start('key', newer, staying(), young.fetch);
  old.settle.resolve('old');
  expect(await first).toBe('old');
  expect(flights.ticketOf('key')).toBe(newer);
  const third = flights.join('key', staying());
  young.settle.resolve('young');
  expect(await Promise.all([second, third])).toEqual(['young', 'young']);
});

test('a fetch that fails fails for all who wait, and is over', async () => {
  const flights = new InFlight<string>(10_000);
  const { settle, fetch } = open();
  const waiting = [flights.start('key', ticket, staying(), fetch), flights.join('key', staying())];
  settle.reject(new Error('broken'));
  for (const one of waiting) await expect(one).rejects.toThrow('broken');
  expect(flights.ticketOf('key')).toBeUndefined();
});
