import { randomUUID } from 'node:crypto';
import { keepingOf } from '#libs/contracts/commands/keeping.ts';
import {
  type ConsumerLag,
  operationsOf,
  operationsSignal,
  RebuildProgress,
} from '#libs/contracts/commands/operations.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { checkFilesNow, resealAll, showKeys } from './keeping.ts';
import type { Order } from './order.ts';
import { askAll, print } from './services.ts';

export type Console = { out(line: string): void; progress(line: string): void };

/** A running rebuild tells every second that it runs; silent for this long, its process is gone. */
const silence = 30_000;

const lagRow = (service: string, lag: ConsumerLag): string[] => [
  service,
  lag.consumer,
  lag.source,
  String(lag.position),
  lag.head === null ? '?' : String(Math.max(0, lag.head - lag.position)),
  String(lag.parked),
  lag.trouble ?? '',
];

const showLag = async (bus: Bus, services: readonly string[], console: Console): Promise<boolean> => {
  const answers = await askAll(services, (service) => ask(bus, operationsOf(service).lag, {}));
  const own = answers.map(({ service, reply }) =>
    reply === undefined
      ? [service, 'not running']
      : [
          service,
          String(reply.own.head),
          String(reply.own.waiting),
          String(reply.own.head - reply.own.published),
        ],
  );
  print(console, ['SOURCE', 'NUMBERED', 'WAITING', 'UNPUBLISHED'], own);
  console.out('');
  const rows = answers.flatMap(({ service, reply }) =>
    (reply?.consumers ?? []).map((lag) => lagRow(service, lag)),
  );
  print(console, ['SERVICE', 'CONSUMER', 'SOURCE', 'POSITION', 'BEHIND', 'PARKED', 'TROUBLE'], rows);
  return answers.every(({ reply }) => reply?.consumers.every(({ trouble }) => trouble === null) ?? false);
};

const showParked = async (bus: Bus, services: readonly string[], console: Console): Promise<boolean> => {
  const answers = await askAll(services, (service) => ask(bus, operationsOf(service).parked, {}));
  const rows = answers.flatMap(({ service, reply }) =>
    (reply?.parked ?? []).map((each) => [
      service,
      each.consumer,
      each.source,
      each.aggregate,
      String(each.events),
      String(each.firstSeq),
      each.reason,
    ]),
  );
  if (rows.length > 0)
    print(console, ['SERVICE', 'CONSUMER', 'SOURCE', 'AGGREGATE', 'EVENTS', 'FIRST', 'REASON'], rows);
  const silent = answers.filter(({ reply }) => reply === undefined).map(({ service }) => service);
  if (silent.length > 0) console.out(`Not running: ${silent.join(', ')}`);
  if (rows.length === 0) console.out('Nothing is parked.');
  return silent.length === 0;
};

/** Follows a rebuild to its end; throws when nothing is heard of it any more. */
const follow = async (
  bus: Bus,
  service: string,
  job: string,
  start: () => Promise<unknown>,
  heard: (progress: RebuildProgress) => void,
): Promise<RebuildProgress> => {
  const { promise, resolve, reject } = Promise.withResolvers<RebuildProgress>();
  const gone = () => reject(new Error(`Nothing was heard from ${service} for ${silence / 1_000} seconds`));
  let timer = setTimeout(gone, silence);
  const stop = await bus.onSignal(operationsSignal(service, job), (payload) => {
    const progress = RebuildProgress.parse(payload);
    clearTimeout(timer);
    timer = setTimeout(gone, silence);
    heard(progress);
    if (progress.state !== 'RUNNING') resolve(progress);
  });
  try {
    await start();
    return await promise;
  } finally {
    clearTimeout(timer);
    await stop();
  }
};

const carryOutRebuild = async (
  bus: Bus,
  { what, service, consumer }: Extract<Order, { what: 'rebuild' | 'compare' }>,
  console: Console,
): Promise<boolean> => {
  const job = randomUUID();
  const compareOnly = what === 'compare';
  const end = await follow(
    bus,
    service,
    job,
    () => ask(bus, operationsOf(service).rebuild, { consumer, job, compareOnly }),
    (progress) => {
      if (progress.state === 'RUNNING') console.progress(`${progress.read} events`);
    },
  );
  if (end.state !== 'DONE') {
    console.out(`Failed: ${end.state === 'FAILED' ? end.reason : end.state}`);
    return false;
  }
  const seconds = Math.max(0.001, end.took / 1_000);
  console.out(`${end.read} events in ${seconds.toFixed(1)} s (${Math.round(end.read / seconds)}/s)`);
  if (end.parked > 0) console.out(`${end.parked} of them could not be applied and are parked`);
  if (end.different.length === 0) console.out('It came out as it was.');
  else console.out(`${compareOnly ? 'Different' : 'Mended'}: ${end.different.join(', ')}`);
  return compareOnly ? end.different.length === 0 : true;
};

/** Carries an order out; true when all is well. */
export const carryOut = async (
  bus: Bus,
  services: readonly string[],
  order: Order,
  console: Console,
): Promise<boolean> => {
  switch (order.what) {
    case 'lag':
      return showLag(bus, services, console);
    case 'parked':
      return showParked(bus, services, console);
    case 'unpark': {
      const { applied, left } = await ask(bus, operationsOf(order.service).unpark, {
        consumer: order.consumer,
      });
      console.out(`${applied} events took effect, ${left} stay parked`);
      return left === 0;
    }
    case 'accept': {
      const { consumer, source, seq } = order;
      await ask(bus, operationsOf(order.service).accept, { consumer, source, seq });
      console.out(`${consumer} goes on after ${seq} of the new log of ${source}`);
      return true;
    }
    case 'renew': {
      const { head } = await ask(bus, operationsOf(order.service).renew, {});
      console.out(`The log of ${order.service}, ${head} events long, has a new identity`);
      return true;
    }
    case 'check-files':
      return checkFilesNow(bus, services, console);
    case 'keys':
      return showKeys(bus, services, console);
    case 'reseal':
      return resealAll(bus, order.service, console);
    case 'retire': {
      const { key } = await ask(bus, keepingOf(order.service).retireKey, { key: order.key });
      console.out(`${order.service} needs ${key} no more: take it out of its ring`);
      return true;
    }
    default:
      return carryOutRebuild(bus, order, console);
  }
};
