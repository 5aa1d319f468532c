import { startTestServers } from '#test/support/servers.ts';

/**
 * Before all tests: starts the servers and tells the test files where, in TEST_ADMIN_URL, TEST_NATS_URL,
 * TEST_NATS_USER, TEST_NATS_PASSWORD and TEST_DIR (a folder of this run), and in TEST_DATABASE_COPY how a database is
 * copied.
 */
export default async function globalSetup(): Promise<void> {
  const servers = await startTestServers();
  globalThis.testServers = servers;
  process.env.TEST_ADMIN_URL = servers.postgres.adminUrl;
  process.env.TEST_NATS_URL = servers.nats.url;
  process.env.TEST_NATS_USER = servers.nats.user;
  process.env.TEST_NATS_PASSWORD = servers.nats.password;
  process.env.TEST_DIR = servers.dir;
  process.env.TEST_DATABASE_COPY = servers.copy;
}
