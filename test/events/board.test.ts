import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Board, Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { ownName, testServers } from '#test/support/database.ts';
import { becomes } from '#test/support/line.ts';

const prefix = ownName('board');
const stops: (() => Promise<void>)[] = [];

type Hung = Board & { seen: Map<string, unknown>; told: boolean[]; bus: Bus };

/** A board as one process hangs it up. */
const hang = async (): Promise<Hung> => {
  const { nats } = testServers();
  const bus = await connectNats({ ...nats, name: 'test', prefix, log: silentLog });
  const [seen, told] = [new Map<string, unknown>(), [] as boolean[]];
  const board = bus.board?.('things', {
    keep: 60_000,
    take: (key, value) => seen.set(key, value),
    shared: (isShared) => told.push(isShared),
  });
  if (!board) throw new Error('NATS has boards');
  stops.push(async () => {
    await board.stop();
    await bus.close();
  });
  return { ...board, seen, told, bus };
};

const isShared = async ({ told }: Hung): Promise<boolean> => told.at(-1) === true;

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

test('what one puts up all see, the last value of a key, and who comes later too', async () => {
  const [one, other] = await Promise.all([hang(), hang()]);
  expect(await becomes(() => isShared(one))).toBe(true);
  one.put('a.1', { count: 1 });
  one.put('a.1', { count: 2 });
  one.put('b.1', { count: 9 });
  const whole = { 'a.1': { count: 2 }, 'b.1': { count: 9 } };
  const sees = (board: Hung) => async () =>
    JSON.stringify(Object.fromEntries([...board.seen].toSorted())) === JSON.stringify(whole);
  expect(await becomes(sees(one))).toBe(true);
  expect(await becomes(sees(other))).toBe(true);
  expect(await becomes(sees(await hang()))).toBe(true);
});

test('a board that was taken down is hung up again by whoever puts something there, and all find it', async () => {
  const [one, other] = await Promise.all([hang(), hang()]);
  expect(await becomes(() => isShared(one))).toBe(true);
  expect(await becomes(() => isShared(other))).toBe(true);
  const { nats } = testServers();
  const connection = await connect({ servers: nats.url, user: nats.user, pass: nats.password });
  await (await jetstreamManager(connection)).streams.delete(`KV_${prefix}_things`);
  await connection.close();
  const arrives = async (): Promise<boolean> => {
    one.put('late.1', { count: 3 });
    return other.seen.has('late.1');
  };
  expect(await becomes(arrives)).toBe(true);
});

test('a board that is not there yet takes nothing and throws nothing, nor does one that was left', async () => {
  const board = await hang();
  board.put('early.1', { count: 1 });
  expect(await becomes(() => isShared(board))).toBe(true);
  await board.stop();
  board.put('late.1', { count: 1 });
  expect([board.told, board.seen.has('early.1')]).toEqual([[true, false], false]);
});
