/** After all tests: stops the servers of this run and forgets them, so that watch mode starts new ones. */
export default async function globalTeardown(): Promise<void> {
  const servers = globalThis.testServers;
  if (!servers) return;
  await servers.stop();
  globalThis.testServers = undefined;
  if (servers.postgres.pid) delete process.env.TEST_ADMIN_URL;
  if (servers.nats.pid) delete process.env.TEST_NATS_URL;
}
