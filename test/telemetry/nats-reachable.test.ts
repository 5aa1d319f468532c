import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { ownName, testServers } from '#test/support/database.ts';

/** A line to the broker that can be cut and mended. */
const openLine = async (target: URL) => {
  const sockets = new Set<Socket>();
  let cut = false;
  const server: Server = createServer((near) => {
    if (cut) {
      near.destroy();
      return;
    }
    const far = connect({ host: target.hostname, port: Number(target.port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => {
      cut = false;
    },
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
};

/** Looks again and again until it is so; a connection that is being made anew may refuse a question at once. */
const becomes = async (isSo: () => Promise<boolean | undefined> | undefined): Promise<boolean> => {
  const end = performance.now() + 20_000;
  while (performance.now() < end) {
    if (await isSo()) return true;
    await setImmediate();
  }
  return false;
};

test('the broker is reachable while the line to it is whole, and again after it was mended', async () => {
  const { nats } = testServers();
  const line = await openLine(new URL(nats.url));
  const bus: Bus = await connectNats({
    ...nats,
    url: line.url,
    name: 'test',
    prefix: ownName('reachable'),
    log: silentLog,
  });
  const isReachable = (timeout: number) => bus.isReachable?.(timeout);
  try {
    expect(await isReachable(5_000)).toBe(true);
    line.cut();
    expect(await isReachable(300)).toBe(false);
    line.mend();
    expect(await becomes(() => isReachable(1_000))).toBe(true);
  } finally {
    await bus.close();
    await line.close();
  }
});
