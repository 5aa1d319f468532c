import { z } from 'zod';
import { defineEvent, type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** Names of the two services of these tests: one records events, the other follows them. */
export const SOURCE = 'ledger_source';
export const READER = 'ledger_reader';

/** The event of these tests: something has a new version and a new amount. */
export const ThingChanged = defineEvent({
  type: 'ThingChanged',
  source: SOURCE,
  version: 1,
  summary: 'A thing of the tests changed.',
  data: z.object({ amount: z.int() }),
});

export const sourceTables = [`create table thing (id text primary key, version int not null)`];

export const readerTables = [
  `create table ledger_line (
    consumer text, aggregate text, version int, amount int not null, times int not null default 1,
    primary key (consumer, aggregate, version))`,
  `create table ledger_total (consumer text, aggregate text, version int not null, total bigint not null,
    primary key (consumer, aggregate))`,
];

const asLine = (consumer: string, event: Envelope): unknown[] => [
  consumer,
  event.subject,
  event.aggregateversion,
  readEvent(ThingChanged, event).amount,
];

/**
 * A projection that shows every fault: a line counts how many times its event was applied, and a total refuses an
 * event that is not the next version of its aggregate.
 */
export const ledgerNamed = (name: string): Projection => ({
  name,
  sources: [SOURCE],
  tables: ['ledger_line', 'ledger_total'],
  apply: async (tx, events) => {
    await addLines(tx, name, events);
    await addToTotals(tx, name, events);
  },
});

/**
 * A projection that takes whatever it is given, again and in any order: nothing but what hands it the events keeps
 * their effect exactly once. A line counts how many times its event was applied.
 */
export const naiveLedgerNamed = (name: string): Projection => ({
  name,
  sources: [SOURCE],
  tables: ['ledger_line'],
  types: [ThingChanged.type],
  apply: (tx, events) => addLines(tx, name, events),
});

const addLines = async (tx: Tx, consumer: string, events: readonly Envelope[]): Promise<void> => {
  await insertRows(
    tx,
    'ledger_line as line',
    [
      ['consumer', 'text'],
      ['aggregate', 'text'],
      ['version', 'int'],
      ['amount', 'int'],
    ],
    events.map((event) => asLine(consumer, event)),
    'on conflict (consumer, aggregate, version) do update set times = line.times + 1',
  );
};

const addToTotals = async (tx: Tx, consumer: string, events: readonly Envelope[]): Promise<void> => {
  const byAggregate = Map.groupBy(events, (event) => event.subject);
  const known = await query<{ aggregate: string; version: number; total: string }>(
    tx,
    'select aggregate, version, total from ledger_total where consumer = $1 and aggregate = any($2::text[])',
    [consumer, [...byAggregate.keys()]],
  );
  const before = new Map(known.map((row) => [row.aggregate, row]));
  const after = [...byAggregate].map(([aggregate, own]) => {
    const from = before.get(aggregate);
    own.forEach((event, at) => {
      if (event.aggregateversion !== (from?.version ?? 0) + at + 1) throw new OutOfOrder();
    });
    const sum = own.reduce((total, event) => total + readEvent(ThingChanged, event).amount, 0);
    return [consumer, aggregate, (from?.version ?? 0) + own.length, Number(from?.total ?? 0) + sum];
  });
  await insertRows(
    tx,
    'ledger_total',
    [
      ['consumer', 'text'],
      ['aggregate', 'text'],
      ['version', 'int'],
      ['total', 'bigint'],
    ],
    after,
    'on conflict (consumer, aggregate) do update set version = excluded.version, total = excluded.total',
  );
};

export class OutOfOrder extends Error {}
