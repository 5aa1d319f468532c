import { Client } from 'pg';

/**
 * Does the work while no other process does work of the same name on this database; the others wait their turn. The
 * turn ends with the connection, which the work may use, so a process that dies holds nobody up.
 */
export const alone = async <T>(
  url: string,
  name: string,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set lock_timeout = 0');
    await client.query('set statement_timeout = 0');
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
    return await work(client);
  } finally {
    await client.end();
  }
};
