import { randomBytes } from 'node:crypto';
import { environmentOf, type NetworkPlan } from '#deploy/network/services.ts';
import { readConfig, ServiceConfig } from '#libs/platform/config/config.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { startService } from '#libs/platform/service/start.ts';
import { organizationService } from '#services/organization/service.ts';
import { dropDatabase, ownName, testServers } from '#test/support/database.ts';

test('three pods of a service that start together on an empty database all come up', async () => {
  const { adminUrl, nats, dir } = testServers();
  const database = ownName('together');
  const key = () => randomBytes(32).toString('base64');
  const plan: NetworkPlan = {
    adminUrl,
    database,
    secret: 'passwords of test networks',
    nats: { ...nats, prefix: database },
    keys: { ring: JSON.stringify({ current: 'k', keys: { k: key() } }), hashKey: key() },
    oidc: { issuer: 'http://127.0.0.1:9', audience: 'test', jwksUrl: 'http://127.0.0.1:9/jwks' },
    filesDir: dir,
    publicUrl: 'http://127.0.0.1:9',
    poolSize: 2,
  };
  const config = readConfig(ServiceConfig, await environmentOf(plan, 'organization'));
  const started = await Promise.allSettled(
    [1, 2, 3].map(() => startService(organizationService, config, { log: silentLog })),
  );
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  try {
    expect(started.map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
    const ready = await Promise.all(running.map(async ({ url }) => (await fetch(`${url}/readyz`)).status));
    expect(ready).toEqual([200, 200, 200]);
  } finally {
    await Promise.all(running.map((service) => service.stop()));
    await dropDatabase(database);
  }
});
