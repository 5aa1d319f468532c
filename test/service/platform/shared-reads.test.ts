import { setImmediate } from 'node:timers/promises';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query, queryOne } from '#libs/platform/database/query.ts';
import { type Reads, sharedReads } from '#libs/platform/database/reads.ts';
import { asWorker, inScope, inScopeOnce, type Scope } from '#libs/platform/database/scope.ts';
import { type Counter, counterOf, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { girl } from '#test/service/enrollment/pupils.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';

/** The transaction that a read is in, by the connection and the instant of its begin. */
const transaction = async (tx: Tx): Promise<string> => {
  const { of } = await queryOne<{ of: string }>(tx, 'select pg_backend_pid() || $1 || now() as of', ['@']);
  return of;
};

describe('reads of one operation', () => {
  let registry: Registry;
  let counter: Counter;
  let pupil: string;

  beforeAll(async () => {
    registry = await startRegistry();
    counter = counterOf(registry);
    pupil = (await counter.registered(taiyuanPrimary, girl(1))).id.slice(0, 36);
  });
  afterAll(() => registry?.stop());

  const everywhere: Scope = { lo: 0, hi: Number.MAX_SAFE_INTEGER, persons: [] };
  const nowhere: Scope = { lo: 1, hi: 0, persons: [] };
  const readsIn = (scope: Scope): Reads =>
    sharedReads(registry.network.service('enrollment').core.app, async () => scope);

  test('that follow each other are in one transaction, and later ones in another', async () => {
    const read = readsIn(everywhere);
    const first = await read(transaction);
    const [second, third] = await Promise.all([read(transaction), read(transaction)]);
    expect([second, third]).toEqual([first, first]);
    await setImmediate();
    await setImmediate();
    expect(await read(transaction)).not.toBe(first);
  });

  test('see what their scope covers and nothing else', async () => {
    const count = (tx: Tx) => query(tx, 'select person_id from pupil where person_id = $1', [pupil]);
    expect(await readsIn(everywhere)(count)).toHaveLength(1);
    expect(await readsIn(nowhere)(count)).toEqual([]);
    const [one, other] = [readsIn(nowhere), readsIn(everywhere)];
    expect(await Promise.all([one(count), other(count)])).toMatchObject([[], [{ person_id: pupil }]]);
  });

  test('do not suffer from one among them that fails', async () => {
    const read = readsIn(everywhere);
    const answers = await Promise.allSettled([
      read((tx) => query(tx, 'select 1 / $1::int as never', [0])),
      read((tx) => query(tx, 'select $1::int as one', [1])),
      read(transaction),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await read((tx) => query(tx, 'select $1::int as one', [1]))).toEqual([{ one: 1 }]);
  });

  test('leave no transaction open behind them', async () => {
    const read = readsIn(everywhere);
    await Promise.all(Array.from({ length: 5 }, () => read(transaction)));
    await counter.until('nobody is in a transaction', async () => {
      const [row] = await counter.rows<{ open: number }>(
        'enrollment',
        `select count(*)::int as open from pg_stat_activity
         where datname = current_database() and usename like 'xueji_enrollment_app%' and state like 'idle in%'`,
      );
      return row?.open === 0;
    });
  });

  test('a scope that cannot be found is the error of each', async () => {
    const broken = sharedReads(registry.network.service('enrollment').core.app, () =>
      Promise.reject(new Error('no scope')),
    );
    const answers = await Promise.allSettled([broken(transaction), broken(transaction)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  describe('or a transaction of one statement', () => {
    const inOne = <T>(scope: Scope, work: (tx: Tx) => Promise<T>) =>
      inScopeOnce(registry.network.service('enrollment').core.app, scope, work);
    const count = (tx: Tx) => query(tx, 'select person_id from pupil where person_id = $1', [pupil]);
    const takeKey = (key: string) => (tx: Tx) =>
      execute(
        tx,
        `insert into idempotency (caller, key, request_hash, answer, recorded_at)
         values ('one statement', $1, '\\x00', 'null', now())`,
        [key],
      );
    const keys = () =>
      inScope(registry.network.service('enrollment').core.app, everywhere, (tx) =>
        query<{ key: string }>(tx, `select key from idempotency where caller = 'one statement' order by key`),
      );

    test('sees what its scope covers, and leaves nothing of it to the next', async () => {
      expect(await inOne(everywhere, count)).toHaveLength(1);
      expect(await inOne(nowhere, count)).toEqual([]);
    });

    test('is done with its statement, and not where that fails', async () => {
      await inOne(everywhere, takeKey('first'));
      await expect(inOne(everywhere, takeKey('first'))).rejects.toMatchObject({ code: '23505' });
      await inOne(everywhere, takeKey('second'));
      expect(await keys()).toEqual([{ key: 'first' }, { key: 'second' }]);
    });

    test('takes no second statement', async () => {
      const two = inOne(everywhere, async (tx) => {
        await count(tx);
        await takeKey('third')(tx);
      });
      await expect(two).rejects.toThrow('A second statement');
      expect(await keys()).not.toContainEqual({ key: 'third' });
      expect(await inOne(everywhere, count)).toHaveLength(1);
    });
  });

  test('beside transactions that hold all connections are answered', async () => {
    const { worker, directory, config } = registry.network.service('enrollment').core;
    const everybody = Array.from({ length: config.POOL_SIZE }, (_, nth) => `999999${nth + 1000}`);
    const all = Promise.withResolvers<void>();
    let open = 0;
    const asked = everybody.map((school) =>
      asWorker(worker, async (tx) => {
        await query(tx, 'select 1');
        if (++open === everybody.length) all.resolve();
        await all.promise;
        return (await directory.school(school)) ?? school;
      }),
    );
    expect(await Promise.all(asked)).toEqual(everybody);
  });
});
