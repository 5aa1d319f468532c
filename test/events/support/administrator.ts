import pg from 'pg';
import { testServers } from '#test/support/database.ts';

/** Work of the database server's administrator, on a connection of its own. */
export const asAdministrator = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: testServers().adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
