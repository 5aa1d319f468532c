import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { testServers } from './database.ts';

/** What a template depends on: when any of it changes, the template is made anew. */
const ingredients = [
  'libs/contracts/**/*.ts',
  'libs/platform/{database,directory,events,files}/*.ts',
  'services/*/migrations/*.ts',
  'services/*/*/tables.ts',
  'services/organization/**/*.ts',
  'deploy/{data,demo}/*.{ts,json,csv}',
  'test/support/*.ts',
];

const fingerprint = (): string => {
  const hash = createHash('sha256');
  for (const file of globSync(ingredients).sort()) hash.update(file).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
};

const prefix = 'xueji_template_';

/** A database that many suites start from: made once, kept until what it depends on changes. */
export type Template = {
  name: string;
  /** Makes the database of that name and leaves no connection to it. */
  make(database: string): Promise<void>;
};

const made = new Map<string, Promise<string>>();

/** The name of a template's database, made now if there is none; test files that run side by side wait for it. */
export const templateOf = (template: Template): Promise<string> => {
  const known = made.get(template.name) ?? find(template);
  made.set(template.name, known);
  return known;
};

const find = async (template: Template): Promise<string> => {
  const client = new pg.Client({ connectionString: testServers().adminUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtext($1))', [`template ${template.name}`]);
    const database = `${prefix}${template.name}_${fingerprint()}`;
    if (await isReady(client, database)) return database;
    await dropOthers(client, template.name);
    await template.make(database);
    await client.query(`comment on database "${database}" is 'ready'`);
    return database;
  } finally {
    await client.end();
  }
};

const isReady = async (client: pg.Client, database: string): Promise<boolean> => {
  const { rowCount } = await client.query(
    `select 1 from pg_database where datname = $1 and shobj_description(oid, 'pg_database') = 'ready'`,
    [database],
  );
  return rowCount === 1;
};

const dropOthers = async (client: pg.Client, name: string): Promise<void> => {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [`${prefix}${name}_`],
  );
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
};
