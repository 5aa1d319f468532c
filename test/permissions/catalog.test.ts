import { SERVICES, type ServiceName } from '#libs/contracts/vocabulary.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  isPersonal,
  policiesOf,
  problemsOf,
  rolesOfSchema,
  schemaOf,
  type Table,
  tablesOf,
} from './support/catalog.ts';
import { type Connections, connectAs } from './support/connections.ts';

describe('row-level security', () => {
  let network: TestNetwork;
  let connections: Connections;
  let tables: Table[];

  beforeAll(async () => {
    network = await startNetwork({ services: SERVICES });
    connections = await connectAs(network);
    tables = await tablesOf(connections.owner('identity'), SERVICES);
  });
  afterAll(async () => {
    await connections?.end();
    await network?.stop();
  });

  describe('in the catalog', () => {
    test(
      holds('PRV-12', 'is on and forced for every table about a person, by columns and settings only'),
      async () => {
        const policies = await policiesOf(connections.owner('identity'), SERVICES);
        expect(tables.filter(isPersonal).length).toBeGreaterThan(20);
        expect(tables.flatMap((table) => problemsOf(table, policies))).toEqual([]);
      },
    );

    test(breaks('PRV-12', 'a new table about a person without it is found'), async () => {
      const client = connections.owner('identity');
      await client.query('begin');
      try {
        await client.query('create table unprotected (person_id uuid primary key, note text)');
        await client.query('create table half (place bigint)');
        await client.query('alter table half enable row level security');
        await client.query('create table by_query (person_id uuid, sealed bytea)');
        await client.query('alter table by_query enable row level security');
        await client.query('alter table by_query force row level security');
        await client.query(
          `create policy odd on by_query to xueji_identity_app using (exists (select from person p where p.person_id = by_query.person_id))`,
        );
        await client.query(
          `create policy by_query_reseal on by_query to xueji_identity_owner using (current_setting('xueji.resealed', true) = 'other')`,
        );
        await client.query(`create policy open on by_query to xueji_identity_app, public using (true)`);
        const found = await tablesOf(client, ['identity']);
        const policies = await policiesOf(client, ['identity']);
        const problems = found.flatMap((table) => problemsOf(table, policies)).join('\n');
        expect(problems).toContain('unprotected has no row-level security');
        expect(problems).toContain('half does not force it');
        expect(problems).toContain('odd is not of columns and settings only');
        expect(problems).toContain('by_query_reseal is for xueji_identity_owner');
        expect(problems).toContain('open is for public');
        expect(problems).toContain('open lets a request see everything');
      } finally {
        await client.query('rollback');
      }
    });

    test.each(SERVICES)('the request and worker roles of %s stand below it', async (schema) => {
      const roles = rolesOfSchema(schema);
      const { rows } = await connections.owner(schema).query(
        `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty,
                array(select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.roleid
                      where m.member = pg_roles.oid) as member_of
         from pg_roles where rolname = any($1) order by 1`,
        [[roles.app, roles.worker]],
      );
      expect(rows).toEqual([
        { rolname: roles.app, mighty: false, member_of: [] },
        { rolname: roles.worker, mighty: false, member_of: [] },
      ]);
      const others = SERVICES.filter((each) => each !== schema);
      for (const role of [roles.app, roles.worker]) {
        const { rows: reach } = await connections.owner(schema).query(
          `select s from unnest($2::text[]) as s
           where has_schema_privilege($1, s, 'usage') or has_schema_privilege($1, s, 'create')`,
          [role, others.map(schemaOf)],
        );
        expect(reach).toEqual([]);
        const { rows: makes } = await connections
          .owner(schema)
          .query(
            `select has_schema_privilege($1, $2, 'create') or has_schema_privilege($1, 'public', 'create') as makes`,
            [role, schemaOf(schema)],
          );
        expect(makes).toEqual([{ makes: false }]);
      }
    });
  });

  describe('grants', () => {
    const able = async (schema: ServiceName, role: string, privilege: string): Promise<string[]> => {
      const { rows } = await connections
        .owner(schema)
        .query<{ name: string }>(
          `select t as name from unnest($1::text[]) as t where has_table_privilege($2, $3 || '.' || t, $4) order by 1`,
          [
            tables.filter((table) => table.schema === schema).map(({ name }) => name),
            role,
            schemaOf(schema),
            privilege,
          ],
        );
      return rows.map(({ name }) => name);
    };

    test.each(SERVICES)('a request of %s deletes nothing and changes no structure', async (schema) => {
      const { app: role } = rolesOfSchema(schema);
      for (const privilege of ['delete', 'truncate', 'references', 'trigger']) {
        expect({ privilege, tables: await able(schema, role, privilege) }).toEqual({ privilege, tables: [] });
      }
    });

    test.each(SERVICES)(
      'a request of %s cannot read events, audit rows, claims or standings',
      async (schema) => {
        const closed = [
          'outbox',
          'event_log',
          'event_counter',
          'event_published',
          'inbox_checkpoint',
          'inbox_parked',
          'read_audit',
          'audit_seal',
          'standing_ref',
          'account_ref',
          'document_claim',
          'person_likeness',
          'number_claim',
          'schema_step',
        ];
        const readable = await able(schema, rolesOfSchema(schema).app, 'select');
        expect(readable.filter((name) => closed.includes(name))).toEqual([]);
      },
    );

    test.each(SERVICES)('events of %s are recorded through their function alone', async (schema) => {
      const { app: role, worker } = rolesOfSchema(schema);
      for (const each of [role, worker]) expect(await able(schema, each, 'insert')).not.toContain('outbox');
    });

    test.each(SERVICES)('a request of %s cannot rewrite public facts or the past', async (schema) => {
      const fixed = [
        'unit_ref',
        'school_ref',
        'promotion_ref',
        'term_ref',
        'standing_ref',
        'account_ref',
        'working_days_ref',
        'grade_permission_ref',
        'training',
        'org_unit',
        'change_record',
      ];
      const { app: role, worker } = rolesOfSchema(schema);
      const updatable = await able(schema, role, 'update');
      expect(updatable.filter((name) => fixed.includes(name))).toEqual([]);
      for (const name of ['read_audit', 'idempotency', 'student_number'])
        expect(updatable).not.toContain(name);
      if (schema === 'identity') {
        expect(await able(schema, worker, 'update')).not.toContain('student_number');
        expect(await able(schema, worker, 'delete')).not.toContain('student_number');
      }
    });

    test('nobody but a service’s own roles has any right on its tables', async () => {
      const { rows } = await connections.owner('identity').query(
        `select n.nspname, c.relname, coalesce(r.rolname, 'public') as grantee
         from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(c.relacl) a
         left join pg_roles r on r.oid = a.grantee
         where n.nspname = any($1) and coalesce(r.rolname, 'public') !~ ('^xueji_' || n.nspname || '_(app|worker|owner)$')`,
        [SERVICES.map(schemaOf)],
      );
      expect(rows).toEqual([]);
    });
  });
});
