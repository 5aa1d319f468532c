import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { testDatabasePrefix } from './servers.ts';

const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: tests run through npm test`);
  return value;
};

/** Servers of this run of the tests. */
export const testServers = () => ({
  adminUrl: required('TEST_ADMIN_URL'),
  nats: {
    url: required('TEST_NATS_URL'),
    user: process.env.TEST_NATS_USER,
    password: process.env.TEST_NATS_PASSWORD,
  },
  dir: required('TEST_DIR'),
});

/** A name that no other suite uses: for a database, and as the prefix of subjects. */
export const ownName = (suite: string): string =>
  `${testDatabasePrefix}${suite}_${randomBytes(4).toString('hex')}`;

const asAdmin = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: testServers().adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

export const makeDatabase = (name: string, template?: string): Promise<void> =>
  asAdmin(async (client) => {
    const copied = template ? ` template "${template}" strategy ${required('TEST_DATABASE_COPY')}` : '';
    await client.query(`create database "${name}"${copied}`);
  });

export const dropDatabase = (name: string): Promise<void> =>
  asAdmin(async (client) => {
    await client.query(`drop database if exists "${name}" with (force)`);
  });
