import pg from 'pg';
import { testServers } from '#test/support/database.ts';

/** Work of the database server's administrator, on a connection of its own; in a database of the server where one is named. */
export const asAdministrator = async <T>(
  work: (client: pg.Client) => Promise<T>,
  database?: string,
): Promise<T> => {
  const address = new URL(testServers().adminUrl);
  if (database !== undefined) address.pathname = database;
  const client = new pg.Client({ connectionString: address.href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};
