import type { Tx } from '#libs/platform/database/orm.ts';
import { createPlanNames } from '#libs/platform/database/prepared.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { asAdministrator } from '#test/events/support/administrator.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';

const often = Array.from({ length: 8 }, (_, at) => at);

describe('plans that the server keeps', () => {
  const nameOf = createPlanNames();

  test('are those of statements that are sent often, each under a name of its own', () => {
    const [one, other] = ['insert into kept_a select $1', 'insert into kept_b select $1'];
    const names = often.map(() => nameOf(one));
    expect(names[0]).toBeUndefined();
    expect(names.at(-1)).toEqual(expect.any(String));
    expect(new Set(names.slice(5)).size).toBe(1);
    expect(often.map(() => nameOf(other)).at(-1)).not.toBe(names.at(-1));
  });

  test.each([
    [
      'a list, whose best plan depends on how wide the scope is',
      'select * from enrollment where school = $1',
    ],
    ['what begins or ends a transaction', 'begin'],
    ['nothing that is a text', undefined],
  ])('are never those of %s', (_, text) => {
    expect(often.map(() => nameOf(text)).filter((name) => name !== undefined)).toEqual([]);
  });

  describe('of a table that changes', () => {
    let registry: Registry;
    beforeAll(async () => {
      registry = await startRegistry();
    });
    afterAll(() => registry?.stop());

    const insert = (caller: string) => (tx: Tx) =>
      query<Record<string, unknown>>(
        tx,
        `insert into idempotency (caller, key, request_hash, answer, recorded_at)
         values ($1, 'kept plan', '\\x00', 'null', now()) returning *`,
        [caller],
      );

    test('are made anew, and nobody notices', async () => {
      const { worker } = registry.network.service('statistics').core;
      for (const at of often) await asWorker(worker, insert(`before-${at}`));
      const [place] = await asWorker(worker, (tx) =>
        query<{ database: string; schema: string }>(
          tx,
          'select current_database() as database, current_schema() as schema',
        ),
      );
      await asAdministrator(
        (client) => client.query(`alter table ${place?.schema}.idempotency add column kept_plan int`),
        place?.database,
      );
      const rows = await Promise.all(often.map((at) => asWorker(worker, insert(`after-${at}`))));
      expect(rows.flat().map((row) => row.kept_plan)).toEqual(often.map(() => null));
    });
  });
});
