import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { environmentOf, type NetworkPlan, startServices } from '#deploy/network/services.ts';
import { readConfig, ServiceConfig } from '#libs/platform/config/config.ts';
import { databaseOf } from '#libs/platform/database/provision.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { startService } from '#libs/platform/service/start.ts';
import { organizationService } from '#services/organization/service.ts';
import { dropDatabase, ownName, testServers } from '#test/support/database.ts';

const key = (): string => randomBytes(32).toString('base64');
const secret = 'passwords of test networks';
const definition = organizationService as unknown as ServiceDefinition<RequestContext>;

/** A service that is stopped again at once, so that only its start is seen. */
const startAndStop = async (plan: NetworkPlan): Promise<void> => {
  for (const service of await startServices(plan, [definition])) await service.stop();
};

describe('the keys of a database', () => {
  const { adminUrl, nats, dir } = testServers();
  const database = ownName('keys');
  const first = { ring: { current: 'k1', keys: { k1: key() } as Record<string, string> }, hashKey: key() };
  const planWith = ({ ring, hashKey } = first): NetworkPlan => ({
    adminUrl,
    database,
    secret,
    nats: { ...nats, prefix: database },
    keys: { ring: JSON.stringify(ring), hashKey },
    oidc: { issuer: 'http://127.0.0.1:9', audience: 'test', jwksUrl: 'http://127.0.0.1:9/jwks' },
    filesDir: dir,
    publicUrl: 'http://127.0.0.1:9',
    poolSize: 2,
    log: () => silentLog,
  });
  const rotated = { ...first, ring: { current: 'k2', keys: { ...first.ring.keys, k2: key() } } };

  beforeAll(() => startAndStop(planWith()));
  afterAll(() => dropDatabase(database));

  test('are those of the first start: a second start under them goes well', async () => {
    await expect(startAndStop(planWith())).resolves.toBeUndefined();
  });

  test.each([
    ['a second hash key', { ...first, hashKey: key() }, 'HASH_KEY'],
    ['a ring without the old key', { ...first, ring: { current: 'k2', keys: { k2: key() } } }, 'KEY_RING k1'],
  ])('refuse %s by its name, before anything listens', async (_case, keys, named) => {
    const refusal = { code: 'KEYS_DO_NOT_FIT', message: expect.stringContaining(named) };
    await expect(startAndStop(planWith(keys))).rejects.toMatchObject(refusal);
    const config = readConfig(ServiceConfig, {
      ...(await environmentOf(planWith(), 'organization')),
      KEY_RING: JSON.stringify(keys.ring),
      HASH_KEY: keys.hashKey,
      NATS_URL: 'nats://127.0.0.1:9',
    });
    await expect(startService(organizationService, config, { log: silentLog })).rejects.toMatchObject(
      refusal,
    );
  });

  test('are not taken over by a network with other keys: the passwords of the roles stay', async () => {
    const stranger = { ...planWith({ ...first, hashKey: key() }), secret: 'passwords of a stranger' };
    await expect(startAndStop(stranger)).rejects.toMatchObject({ code: 'KEYS_DO_NOT_FIT' });
    const { app } = databaseOf({ adminUrl, database, services: [], secret }, 'organization');
    const client = new pg.Client({ connectionString: app });
    await client.connect();
    const { rows } = await client.query('select current_user::text as name');
    await client.end();
    expect(rows).toEqual([{ name: 'xueji_organization_app' }]);
  });

  test('may get a new current key; from then on the ring has to hold both', async () => {
    await startAndStop(planWith(rotated));
    await expect(startAndStop(planWith())).rejects.toMatchObject({
      message: expect.stringContaining('KEY_RING k2'),
    });
    await expect(startAndStop(planWith(rotated))).resolves.toBeUndefined();
  });
});
