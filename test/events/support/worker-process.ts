/**
 * A relay or a consumer in a process of its own, which kills itself (SIGKILL) at a point named by the test:
 * `node worker-process.ts '<json of WorkerOrder>'`
 */
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { startInbox } from '#libs/platform/events/inbox.ts';
import { startRelay } from '#libs/platform/events/relay.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { allOf } from './bus.ts';
import { ledgerNamed, SOURCE } from './ledger.ts';
import type { WorkerOrder } from './worker.ts';

const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;

const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};

const dying = (bus: Bus): Bus => ({
  ...allOf(bus),
  publishEvents: async (...of) => {
    if (order.dieAt === 'before publishing') await die();
    await bus.publishEvents(...of);
    if (order.dieAt === 'before marking as published') await die();
  },
});

const bus = await connectNats({
  ...order.address.nats,
  prefix: order.address.prefix,
  name: 'worker',
  log: silentLog,
});

if (order.as === 'relay') {
  const orm = await connectDatabase({ url: order.address.source, entities: [], poolSize: 4 });
  startRelay({ source: SOURCE, orm, bus: dying(bus), log: silentLog });
} else {
  const orm = await connectDatabase({ url: order.address.reader, entities: [], poolSize: 4 });
  const ledger = ledgerNamed(order.consumer);
  let batches = 0;
  await startInbox({
    source: SOURCE,
    orm,
    bus,
    log: silentLog,
    projection: {
      ...ledger,
      apply: async (tx, events) => {
        await ledger.apply(tx, events);
        if (order.dieAt === 'before the commit' && ++batches === order.batch) await die();
      },
    },
    onApplied: () => {
      if (order.dieAt === 'after the commit' && ++batches === order.batch)
        process.kill(process.pid, 'SIGKILL');
    },
  });
}
