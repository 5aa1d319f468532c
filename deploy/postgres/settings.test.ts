import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ownName, testServers } from '#test/support/database.ts';

const fileOf = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');

const settings = new Map(
  [...fileOf('./postgresql.conf').matchAll(/^([a-z_]+) = ('[^']*'|\S+)/gm)].map(
    ([, name = '', value = '']) => [name, value.replaceAll("'", '')],
  ),
);

const withAdmin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: testServers().adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

test('every setting is one that PostgreSQL knows and lets a file set', async () => {
  const known = await withAdmin((client) =>
    client.query<{ name: string }>(
      `select lower(name) as name from pg_settings where lower(name) = any($1) and context <> 'internal'`,
      [[...settings.keys()]],
    ),
  );
  expect(settings.size).toBeGreaterThan(25);
  expect(known.rows.map(({ name }) => name).sort()).toEqual([...settings.keys()].sort());
});

test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
  '%s is on: what is acknowledged survives',
  (name) => {
    expect(settings.get(name)).toBe('on');
  },
);

test.each([
  ['log_min_error_statement', 'panic'],
  ['log_error_verbosity', 'terse'],
  ['log_parameter_max_length', '0'],
  ['log_parameter_max_length_on_error', '0'],
  ['log_min_duration_statement', '-1'],
  ['log_statement', 'none'],
])('the server’s log gets no value of a statement: %s is %s', (name, value) => {
  expect(settings.get(name)).toBe(value);
});

test('the limits of the roles are set for each kind of role, and for no role of somebody else', async () => {
  const prefix = ownName('roles').replaceAll(/\d/g, 'x');
  const roles = ['x_owner', 'x_app', 'x_worker', 'x_other'].map((name) => `${prefix}_${name}`);
  const script = fileOf('./roles.sql').replaceAll('^xueji_', `^${prefix}_`);
  const rows = await withAdmin(async (client) => {
    await client.query('begin');
    for (const role of roles) await client.query(`create role ${role} login inherit createdb`);
    await client.query(script);
    const { rows } = await client.query<{
      role: string;
      inherits: boolean;
      creates: boolean;
      settings: string[];
    }>(
      `select rolname as role, rolinherit as inherits, rolcreatedb as creates, coalesce(setconfig, '{}') as settings
       from pg_roles left join pg_db_role_setting on setrole = pg_roles.oid where rolname = any($1)`,
      [roles],
    );
    await client.query('rollback');
    return new Map(rows.map((row) => [row.role, row]));
  });
  const settingsOf = (name: string) => rows.get(`${prefix}_${name}`);
  expect(settingsOf('x_app')).toMatchObject({ inherits: false, creates: false });
  expect(settingsOf('x_app')?.settings).toContain('transaction_timeout=15s');
  expect(settingsOf('x_worker')?.settings).toContain('lock_timeout=10s');
  expect(settingsOf('x_owner')?.settings).toContain('transaction_timeout=0');
  expect(settingsOf('x_owner')?.settings).toContain('lock_timeout=5s');
  expect(settingsOf('x_other')).toMatchObject({ inherits: true, creates: true, settings: [] });
});
