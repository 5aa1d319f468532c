import { setImmediate } from 'node:timers/promises';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { ThingChanged } from './ledger.ts';

const AT = '2026-09-01T08:00:00+08:00';

/** Changes things within a transaction: new version and event of each, in the order given. */
export const changeWithin = async (tx: Tx, things: readonly string[], amount = 1): Promise<void> => {
  for (const thing of things) {
    const [row] = await query<{ version: number }>(
      tx,
      `insert into thing (id, version) values ($1, 1)
       on conflict (id) do update set version = thing.version + 1 returning version`,
      [thing],
    );
    await recordEvents(tx, AT, [recorded(ThingChanged, thing, row?.version ?? 0, { amount })]);
  }
};

export const change = (source: MikroORM, things: readonly string[], amount = 1): Promise<void> =>
  asWorker(source, (tx) => changeWithin(tx, things, amount));

/** `count` changes of `things` in turn, in one transaction: a full outbox quickly. */
export const changeMany = (source: MikroORM, things: readonly string[], count: number): Promise<void> =>
  asWorker(source, async (tx) => {
    await query(
      tx,
      `insert into thing (id, version) select id, 0 from unnest($1::text[]) as id on conflict do nothing`,
      [things],
    );
    const rows = await query<{ id: string; version: number }>(
      tx,
      'select id, version from thing where id = any($1::text[]) for update',
      [things],
    );
    const versions = new Map(rows.map((row) => [row.id, row.version]));
    const events = Array.from({ length: count }, (_, at) => {
      const thing = things[at % things.length] ?? '';
      const version = (versions.get(thing) ?? 0) + 1;
      versions.set(thing, version);
      return recorded(ThingChanged, thing, version, { amount: at + 1 });
    });
    await recordEvents(tx, AT, events);
    await query(
      tx,
      `update thing set version = v from unnest($1::text[], $2::int[]) as now (i, v) where id = i`,
      [[...versions.keys()], [...versions.values()]],
    );
  });

/** A writer that goes on until it is told to stop; stopping tells how much it wrote. */
export type Load = { stop(): Promise<number> };

const running = new Set<Load>();

/** Ends what a failed test left behind. */
export const stopLoads = async (): Promise<void> => {
  await Promise.all([...running].map((load) => load.stop()));
};

/** Changes things again and again, one after another; what a lost connection undid is written again. */
export const startLoad = (source: MikroORM, things: readonly string[]): Load => {
  let stopped = false;
  let written = 0;
  const write = async () => {
    while (!stopped) {
      await change(source, [things[written % things.length] ?? '']).then(
        () => written++,
        () => setImmediate(),
      );
    }
  };
  const done = write();
  const load: Load = {
    stop: async () => {
      stopped = true;
      await done;
      running.delete(load);
      return written;
    },
  };
  running.add(load);
  return load;
};
