import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { ownName, testServers } from '#test/support/database.ts';
import { becomes, openLine } from '#test/support/line.ts';

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
