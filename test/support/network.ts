import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type NetworkPlan, startServices } from '#deploy/network/services.ts';
import { type SettleOptions, settled } from '#deploy/network/settled.ts';
import { SERVICES, type ServiceName } from '#libs/contracts/vocabulary.ts';
import { type SimulatedClock, simulatedClock } from '#libs/platform/clock/clock.ts';
import { keySteps } from '#libs/platform/database/keys.ts';
import { migrate } from '#libs/platform/database/migrate.ts';
import { provision } from '#libs/platform/database/provision.ts';
import { directorySteps } from '#libs/platform/directory/tables.ts';
import { type Log, silentLog } from '#libs/platform/log/log.ts';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { firstKeys } from '#libs/platform/signing/rotation.ts';
import { dropDatabase, makeDatabase, ownName, testServers } from './database.ts';
import { type Template, templateOf } from './templates.ts';
import { startIssuer, type TestClaims, type TestIssuer } from './tokens.ts';

/** Business time at which a test network begins. */
export const TEST_START = '2026-03-02T09:00:00+08:00';

export type TestNetworkOptions = {
  services: readonly ServiceName[];
  /** Where the database comes from; by default from one with the tables of every service and nothing in them. */
  template?: Template;
  /** Name of the database, where it is to outlive the network. */
  keepAs?: string;
  clock?: SimulatedClock;
  /** Address of a population register for identity to ask. */
  registerUrl?: string;
  log?: (service: string) => Log;
  /** Further variables of every service. */
  environment?: Record<string, string>;
  /** Stops every worker of the services as it starts: the test takes their steps itself. */
  withoutWorkers?: boolean;
};

/** An answer of GraphQL over HTTP; `Data` is what the test expects of it. */
export type Answer<Data> = {
  status: number;
  data: Data | null | undefined;
  errors: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
};

export type TestNetwork = {
  clock: SimulatedClock;
  services: readonly RunningService[];
  issuer: TestIssuer;
  service(name: ServiceName): RunningService;
  /** A signed token with these claims. */
  tokenFor(claims: TestClaims | Record<string, unknown>): Promise<string>;
  /** One operation over HTTP; without a token when it is null. */
  graphql<Data = Record<string, unknown>>(
    service: ServiceName,
    token: string | null,
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer<Data>>;
  /** Waits until nothing is on its way between the services. */
  settled(options?: SettleOptions): Promise<void>;
  /** Every worker has had its turn and found nothing more to do. */
  workersTurn(): Promise<void>;
  stop(): Promise<void>;
};

/** One secret for every network of a run: roles belong to the whole server, so their passwords must agree. */
export const SECRET = 'passwords of test networks';
const HEAL_AFTER = 1_000;

/**
 * Starts services side by side in this process with a database, subjects, keys and an issuer of their own. The clock
 * is simulated and stands still until the test moves it.
 */
export const startNetwork = async (options: TestNetworkOptions): Promise<TestNetwork> => {
  const clock = options.clock ?? simulatedClock(TEST_START);
  const database = options.keepAs ?? ownName('network');
  const template = await templateOf(options.template ?? migrated);
  const issuer = await startIssuer();
  const filesDir = await mkdtemp(join(testServers().dir, 'files-'));
  const log = options.log ?? (() => silentLog);
  const cleanUp = async (): Promise<void> => {
    await issuer.stop();
    if (options.keepAs === undefined) await dropDatabase(database);
    await rm(filesDir, { recursive: true, force: true });
  };
  const plan: NetworkPlan = {
    adminUrl: testServers().adminUrl,
    database,
    provisioned: true,
    secret: SECRET,
    nats: { ...testServers().nats, prefix: database },
    keys: testKeys(),
    oidc: issuer,
    registerUrl: options.registerUrl,
    filesDir,
    environment: options.environment,
    publicUrl: 'http://127.0.0.1:4000',
    healAfter: HEAL_AFTER,
    poolSize: 4,
    clock,
    log,
  };
  try {
    const whole = await Promise.all(options.services.map(definitionOf));
    const definitions = options.withoutWorkers === true ? whole.map(withoutWorkers) : whole;
    await makeDatabase(database, template);
    const services = await startServices(plan, definitions);
    return networkOf({ clock, issuer, services, cleanUp });
  } catch (error) {
    await cleanUp();
    throw error;
  }
};

/** The tables of every service, and nothing in them. */
const migrated: Template = {
  name: 'migrated',
  make: async (database) => {
    const { adminUrl } = testServers();
    const databases = await oneStartAtATime(() =>
      provision({ adminUrl, database, services: SERVICES, secret: SECRET }),
    );
    for (const definition of await Promise.all(SERVICES.map(definitionOf))) {
      const owned = databases.get(definition.name);
      if (owned === undefined) throw new Error(`${definition.name} has no database`);
      await migrate(owned.owner, owned.roles, [...definition.schemaSteps, ...keySteps, ...directorySteps]);
    }
  },
};

type Started = Pick<TestNetwork, 'clock' | 'issuer' | 'services'> & { cleanUp(): Promise<void> };

const networkOf = ({ clock, issuer, services, cleanUp }: Started): TestNetwork => {
  const service = (name: ServiceName): RunningService => {
    const found = services.find((each) => each.name === name);
    if (found === undefined) throw new Error(`${name} is not part of this network`);
    return found;
  };
  return {
    clock,
    issuer,
    services,
    service,
    tokenFor: (claims) => issuer.tokenFor(claims),
    graphql: async (name, token, query, variables = {}, headers = {}) => {
      const response = await fetch(`${service(name).url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors = [] } = (await response.json()) as Partial<Answer<never>>;
      return { status: response.status, data, errors };
    },
    workersTurn: async () => {
      await Promise.all(services.map((each) => each.atRest()));
    },
    settled: async (options) => {
      await settled(services, options);
    },
    stop: async () => {
      await Promise.all(services.map((each) => each.stop()));
      await cleanUp();
    },
  };
};

/** The same in every network: a database that came from a template belongs to the keys of the template. */
const testKeys = (): NetworkPlan['keys'] => {
  const key = (name: string) => createHash('sha256').update(`${SECRET} ${name}`).digest('base64');
  return {
    ring: JSON.stringify({ current: 'test', keys: { test: key('ring') } }),
    hashKey: key('hash'),
    signing: JSON.stringify(firstKeys('Ed25519', '2000-01-01T00:00:00Z')),
  };
};

/** The definition that `services/<name>/service.ts` exports. */
const definitionOf = async (name: ServiceName): Promise<ServiceDefinition<RequestContext>> => {
  const module = (await import(`#services/${name}/service.ts`)) as Record<string, unknown>;
  const found = Object.values(module).find(
    (exported) => (exported as { name?: unknown } | null)?.name === name,
  );
  if (found === undefined) throw new Error(`services/${name}/service.ts exports no definition`);
  return found as ServiceDefinition<RequestContext>;
};

const withoutWorkers = (definition: ServiceDefinition<RequestContext>): typeof definition => ({
  ...definition,
  start: async (core) => {
    const parts = await definition.start(core);
    await Promise.all((parts.loops ?? []).map((loop) => loop.stop()));
    return { ...parts, loops: [] };
  },
});

/** Roles and grants belong to the whole server: test files that run side by side make theirs one after the other. */
export const oneStartAtATime = async <T>(start: () => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: testServers().adminUrl });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('start of a test network'))`);
    return await start();
  } finally {
    await client.end();
  }
};
