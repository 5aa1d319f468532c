import pg from 'pg';
import { whyNot } from '#deploy/local/addresses.ts';
import { Failure } from '#deploy/local/failure.ts';

const durable = ['fsync', 'full_page_writes', 'synchronous_commit'];

/**
 * Asserts that the server writes what it acknowledges: with fsync, full_page_writes or synchronous_commit off, a
 * registration could be acknowledged and lost. Throws `Failure` that names the settings, or why there is no connection.
 */
export async function assertDurable(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const answer = await client.query<{ name: string; setting: string }>(
      'select name, setting from pg_settings where name = any($1)',
      [durable],
    );
    const loose = answer.rows.filter((row) => row.setting === 'off' || row.setting === 'local');
    if (answer.rows.length !== durable.length || loose.length > 0) {
      const named = loose.map((row) => `${row.name} = ${row.setting}`).join(', ');
      throw new Failure(`The database must not run with ${named}: acknowledged registrations could be lost.`);
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    const { hostname, port } = new URL(adminUrl);
    throw new Failure(`No connection to PostgreSQL at ${hostname}:${port || 5432}: ${whyNot(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
