import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { until } from './until.ts';

/** A line to the broker that can be cut and mended. */
export const openLine = async (target: URL) => {
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
export const becomes = async (isSo: () => Promise<boolean | undefined> | undefined): Promise<boolean> => {
  const isSeen = async () => (await isSo()) === true;
  return until('it is so', isSeen).then(
    () => true,
    () => false,
  );
};
