import type pg from 'pg';
import { DEMO_SCHOOLS, demoIdentities } from '#deploy/demo/identities.ts';
import { randomOf } from '#deploy/demo/random.ts';
import { SERVICES, type ServiceName } from '#libs/contracts/vocabulary.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope, type Scope } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { isPersonal, type Table, tablesOf } from './support/catalog.ts';
import { type Connections, codeOf, connectAs } from './support/connections.ts';
import { type Nation, startNation } from './support/nation.ts';

describe('row-level security', () => {
  let nation: Nation;
  let connections: Connections;
  let tables: Table[];

  beforeAll(async () => {
    nation = await startNation(120);
    connections = await connectAs(nation.network);
    tables = await tablesOf(connections.owner('identity'), SERVICES);
  });
  afterAll(async () => {
    await connections?.end();
    await nation?.network.stop();
  });

  describe('at work', () => {
    /** What a request sees of a table: rows, or that it may not look. */
    const seen = (client: pg.Client, table: string): Promise<number | string> =>
      client.query<{ n: number }>(`select count(*)::int as n from ${table}`).then(
        ({ rows }) => rows[0]?.n ?? 0,
        (error: { code: string }) => error.code,
      );

    const personalTables = (): Table[] =>
      tables.filter((table) => isPersonal(table) && !/^school(_ref)?$/.test(table.name));

    test(breaks('PRV-12', 'without a scope a request sees nobody in any table'), async () => {
      for (const { schema, name } of personalTables()) {
        const there = await nation.network
          .service(schema as ServiceName)
          .core.worker.em.fork()
          .transactional((tx) => query<{ n: number }>(tx, `select count(*)::int as n from ${name}`))
          .catch(() => [{ n: -1 }]);
        const told = {
          table: `${schema}.${name}`,
          there: there[0]?.n !== undefined,
          sees: await seen(connections.app(schema as ServiceName), name),
        };
        expect([0, '42501']).toContain(told.sees);
        expect(told.there).toBe(true);
      }
      const { rows } = await connections.app('enrollment').query('select count(*)::int as n from enrollment');
      expect(rows).toEqual([{ n: 0 }]);
    });

    test(breaks('PRV-12', 'a request whose scope cannot be set does nothing and is told why'), async () => {
      const { app } = nation.network.service('enrollment').core;
      const counted: unknown[] = [];
      const asked = inScope(app, { lo: 1, hi: 10 ** 15, persons: ['nobody'] }, async (tx) => {
        counted.push(await query(tx, 'select count(*)::int as n from enrollment'));
      });
      await expect(asked).rejects.toMatchObject({ code: '22P02' });
      expect(counted).toEqual([]);
    });

    test('the owner of the tables sees nobody either', async () => {
      expect(await seen(connections.owner('identity'), 'person')).toBe(0);
      expect(await seen(connections.owner('enrollment'), 'enrollment')).toBe(0);
    });

    type Placed = { person_id: string; place: string };
    const placed = (): Promise<Placed[]> =>
      nation.network
        .service('enrollment')
        .core.worker.em.fork()
        .transactional((tx) =>
          query<Placed>(tx, 'select person_id, place from enrollment order by place, person_id'),
        );

    test(holds('PRV-12', 'no scope lives on in the next transaction of its connection'), async () => {
      const all = await placed();
      const random = randomOf('scopes', 1);
      const client = connections.app('enrollment');
      const some = (): Scope => {
        const [one, other] = [all[random.between(0, all.length - 1)], all[random.between(0, all.length - 1)]];
        const kind = random.between(0, 2);
        if (kind === 0) return emptyScope;
        if (kind === 1) return { ...emptyScope, persons: [one?.person_id ?? '', other?.person_id ?? ''] };
        const places = [Number(one?.place), Number(other?.place)].sort((a, b) => a - b);
        return { lo: places[0] ?? 1, hi: places[1] ?? 0, persons: [] };
      };
      const expected = ({ lo, hi, persons }: Scope): number =>
        all.filter(
          ({ person_id, place }) =>
            (Number(place) >= lo && Number(place) <= hi) || persons.includes(person_id),
        ).length;
      const ends = [
        'commit',
        'rollback',
        'select 1/0',
        'select * from nothing_of_that_name',
        `savepoint here; select set_scope(0, 99999999999, '{}'); rollback to here; commit`,
        `insert into enrollment (person_id, enrollment_id) values (gen_random_uuid(), gen_random_uuid())`,
      ];
      const wrong: string[] = [];
      for (let nth = 0; nth < 1_000; nth++) {
        const end = random.pick(ends as [string, ...string[]]);
        await client.query('begin');
        const before = await seen(client, 'enrollment');
        if (before !== 0) wrong.push(`#${nth} begins with ${before}`);
        if (random.chance(0.8)) {
          const scope = some();
          await client.query('select set_scope($1, $2, $3)', [
            scope.lo,
            scope.hi,
            `{${scope.persons.join(',')}}`,
          ]);
          const sees = await seen(client, 'enrollment');
          if (sees !== expected(scope)) wrong.push(`#${nth} sees ${sees} of ${expected(scope)}`);
        }
        const code = await codeOf(client.query(end));
        if (code !== 'done') await client.query('rollback');
        const after = await seen(client, 'enrollment');
        if (after !== 0) wrong.push(`#${nth} leaves ${after} after ${end}`);
      }
      expect(wrong).toEqual([]);
    });

    test('requests side by side on a few connections keep to their own scopes', async () => {
      const all = await placed();
      const { app: orm } = nation.network.service('enrollment').core;
      const places = [...new Set(all.map(({ place }) => Number(place)))];
      const failing = new Error('on purpose');
      const results = await Promise.all(
        Array.from({ length: 300 }, async (_, nth) => {
          const place = places[nth % places.length] ?? 0;
          const rows = inScope(orm, { lo: place, hi: place, persons: [] }, async (tx) => {
            const found = await query<{ place: string }>(tx, 'select place from enrollment');
            if (nth % 3 === 0) throw failing;
            return found;
          });
          return rows.then(
            (found) => found.length > 0 && found.every((row) => Number(row.place) === place),
            (error: unknown) => error === failing,
          );
        }),
      );
      expect(results.every(Boolean)).toBe(true);
    });

    test(
      holds('PRV-12', 'requests within a range read classes and lists without the worker’s role'),
      async () => {
        const { network } = nation;
        const ask = async (who: string, text: string) => {
          const claims = demoIdentities(2026).find(({ name }) => name === who)?.claims;
          if (claims === undefined) throw new Error(`There is no ${who}`);
          return network.graphql('enrollment', await network.tokenFor(claims), text);
        };
        const school = DEMO_SCHOOLS.taiyuanPrimary;
        const reading = `{ schoolClasses(school: "${school}") { id name members { schoolClass { id } } }
        nonGradeOneBatches { id rows { id } } }`;
        const before = await ask('registrar', reading);
        expect(before.errors).toEqual([]);
        const owner = connections.owner('enrollment');
        await owner.query('revoke select on school_class, grade_batch from xueji_enrollment_worker');
        try {
          expect(await ask('registrar', reading)).toEqual(before);
          expect((await ask('xiaodian', reading)).errors).toEqual([]);
        } finally {
          await owner.query('grant select on school_class, grade_batch to xueji_enrollment_worker');
        }
      },
    );

    describe('across the border', () => {
      const within = async <T>(scope: Scope, work: (client: pg.Client) => Promise<T>): Promise<T> => {
        const client = connections.app('enrollment');
        await client.query('begin');
        try {
          await client.query('select set_scope($1, $2, $3)', [
            scope.lo,
            scope.hi,
            `{${scope.persons.join(',')}}`,
          ]);
          return await work(client);
        } finally {
          await client.query('rollback');
        }
      };
      const neighbours = async () => {
        const all = await placed();
        const [own] = all;
        const foreign = all.find(({ place }) => place !== own?.place);
        if (own === undefined || foreign === undefined) throw new Error('there are no neighbours');
        const place = Number(own.place);
        return { own, foreign, scope: { lo: place, hi: place, persons: [] } };
      };

      test(
        breaks('PRV-12', 'an own row cannot be moved out, nor a foreign one touched or made'),
        async () => {
          const { own, foreign, scope } = await neighbours();
          const insert = `insert into pupil (person_id, place, version) values (gen_random_uuid(), $1, 1)`;
          const move = 'update pupil set place = $2 where person_id = $1';
          expect(
            await within(scope, (client) => codeOf(client.query(move, [own.person_id, foreign.place]))),
          ).toBe('42501');
          expect(await within(scope, (client) => codeOf(client.query(insert, [foreign.place])))).toBe(
            '42501',
          );
          const touched = await within(scope, (client) =>
            client.query('update pupil set version = version + 1 where person_id = $1', [foreign.person_id]),
          );
          expect(touched.rowCount).toBe(0);
          const drawn = await within(scope, (client) => client.query(move, [foreign.person_id, own.place]));
          expect(drawn.rowCount).toBe(0);
        },
      );

      test(holds('PRV-12', 'an own row can be changed and made'), async () => {
        const { own, scope } = await neighbours();
        const changed = await within(scope, (client) =>
          client.query('update pupil set version = version + 1 where person_id = $1', [own.person_id]),
        );
        expect(changed.rowCount).toBe(1);
        const made = await within(scope, (client) =>
          client.query('insert into pupil (person_id, place, version) values (gen_random_uuid(), $1, 1)', [
            own.place,
          ]),
        );
        expect(made.rowCount).toBe(1);
      });

      test(breaks('PRV-11', 'a short list of persons lets nobody write, not even about them'), async () => {
        const { own } = await neighbours();
        const list = { ...emptyScope, persons: [own.person_id] };
        expect(await within(list, (client) => seen(client, 'enrollment'))).toBe(1);
        const touched = await within(list, (client) =>
          client.query('update pupil set version = version + 1'),
        );
        expect(touched.rowCount).toBe(0);
        const insert = 'insert into pupil (person_id, place, version) values ($1, $2, 1)';
        expect(await within(list, (client) => codeOf(client.query(insert, [own.person_id, own.place])))).toBe(
          '42501',
        );
      });

      describe('a list of a province', () => {
        type List = { batch_id: string; province: string; place_lo: string; place_hi: string };
        const lists = async () => {
          const all = await nation.network
            .service('enrollment')
            .core.worker.em.fork()
            .transactional((tx) =>
              query<List>(tx, 'select batch_id, province, place_lo, place_hi from grade_batch order by 1'),
            );
          const [own, foreign] = all;
          if (own === undefined || foreign === undefined) throw new Error('there are no two lists');
          const school = Number(own.place_lo) + 10_500_001;
          return {
            all,
            own,
            foreign,
            province: scopeOf(own),
            school: { lo: school, hi: school, persons: [] },
          };
        };
        const scopeOf = ({ place_lo, place_hi }: List): Scope => ({
          lo: Number(place_lo),
          hi: Number(place_hi),
          persons: [],
        });
        const ids = (client: pg.Client) =>
          client
            .query<List>('select batch_id from grade_batch')
            .then(({ rows }) => rows.map(({ batch_id }) => batch_id));

        test(
          holds('PRV-12', 'is seen and moved on by the province and by those within it who list'),
          async () => {
            const { own, province, school } = await lists();
            for (const scope of [province, school]) {
              expect(await within(scope, ids)).toEqual([own.batch_id]);
              const moved = await within(scope, (client) =>
                client.query('update grade_batch set version = version + 1'),
              );
              expect(moved.rowCount).toBe(1);
            }
          },
        );

        test(breaks('PRV-12', 'is neither seen, changed nor made from another province'), async () => {
          const { own, foreign, province } = await lists();
          const insert = `insert into grade_batch (batch_id, province, month, place_lo, place_hi, status, due_on, version)
            values (gen_random_uuid(), $1, '2099-01', $2, $3, 'LISTED', '2099-01-31', 1)`;
          const touched = await within(province, (client) =>
            client.query(`update grade_batch set status = 'CHECKED' where batch_id = $1`, [foreign.batch_id]),
          );
          expect(touched.rowCount).toBe(0);
          const made = ({ province: code, place_lo, place_hi }: List) =>
            within(province, (client) => codeOf(client.query(insert, [code, place_lo, place_hi])));
          expect([await made(foreign), await made(own)]).toEqual(['42501', 'done']);
          for (const column of ['place_lo = 0', 'place_hi = 0', `province = '110000'`, `month = '2099-02'`]) {
            const moving = within(province, (client) =>
              codeOf(client.query(`update grade_batch set ${column}`)),
            );
            expect([column, await moving]).toEqual([column, '42501']);
          }
        });

        test(breaks('PRV-12', 'is seen by nobody without a range'), async () => {
          const { all } = await lists();
          expect(all.length).toBeGreaterThan(2);
          const [pupil] = await placed();
          expect(await within(emptyScope, ids)).toEqual([]);
          expect(await within({ ...emptyScope, persons: [pupil?.person_id ?? ''] }, ids)).toEqual([]);
        });
      });

      test('nothing can be deleted, not even one’s own', async () => {
        const { scope } = await neighbours();
        expect(await within(scope, (client) => codeOf(client.query('delete from enrollment')))).toBe('42501');
      });
    });
  });
});
