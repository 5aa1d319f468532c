import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { type Issuer, openIssuer } from '#deploy/local/issuer.ts';
import { allServices } from '#deploy/network/all-services.ts';
import { atRest } from '#deploy/network/at-rest.ts';
import { type NetworkPlan, startServices } from '#deploy/network/services.ts';
import { settled } from '#deploy/network/settled.ts';
import { type RegisterSimulator, startRegisterSimulator } from '#deploy/simulators/population-register.ts';
import { GatewayConfig } from '#gateway/config.ts';
import { type RunningGateway, startGateway } from '#gateway/start.ts';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { type SimulatedClock, simulatedClock } from '#libs/platform/clock/clock.ts';
import { readConfig } from '#libs/platform/config/config.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Log, silentLog } from '#libs/platform/log/log.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

/** Running servers to live on, and a folder for files and keys. */
export type YearServers = {
  adminUrl: string;
  /** Secret of the database roles, which belong to the whole server: one for all that is started on it. */
  secret: string;
  /** What names of databases begin with. */
  prefix: string;
  nats: { url: string; user?: string; password?: string };
  dir: string;
};

/** The whole registry in this process, empty, on a clock that stands until it is moved. */
export type YearRegistry = {
  clock: SimulatedClock;
  services: readonly RunningService[];
  graphUrl: string;
  tokenFor(claims: Record<string, unknown>): Promise<string>;
  service(name: ServiceName): RunningService;
  /** Administrator's address of the database. */
  adminUrl: string;
  /** Reads tables of a service as its examiner: nothing that acts does so. */
  rows<Row>(service: ServiceName, text: string, parameters?: unknown[]): Promise<Row[]>;
  /** Waits until every event has arrived everywhere. */
  settled(): Promise<void>;
  /** As `settled`, and until every worker has done what the clock brought. */
  rest(): Promise<void>;
  stop(): Promise<void>;
};

type Stop = () => Promise<void>;

/** Shares of children about whom the population register says otherwise, in a thousand. */
const REGISTER = { mismatchPerThousand: 4, absentPerThousand: 2, latency: 0 };
const HEAL_AFTER = 10_000;
const SETTLING = { within: 120_000, parkedAllowed: true, pause: 4 };
const TOKEN_LIFE = '24h';

/** Starts the registry on a database and streams of its own; when it fails, what had begun is stopped. */
export const startYearRegistry = async (servers: YearServers, start: string): Promise<YearRegistry> => {
  const stops: Stop[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    return await build(servers, simulatedClock(start), stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
};

const build = async (
  servers: YearServers,
  clock: SimulatedClock,
  stops: Stop[],
  stop: Stop,
): Promise<YearRegistry> => {
  const name = `${servers.prefix}year_${randomBytes(4).toString('hex')}`;
  const register = await startRegisterSimulator(REGISTER);
  stops.push(register.close);
  const filesDir = await mkdtemp(join(servers.dir, 'files-'));
  stops.push(() => rm(filesDir, { recursive: true, force: true }));
  const issuer = await serveIssuer(filesDir, stops);
  await asAdmin(servers.adminUrl, `create database "${name}"`);
  stops.push(() => asAdmin(servers.adminUrl, `drop database if exists "${name}" with (force)`));
  const plan = planOf({ servers, name, issuer, register, filesDir, clock });
  const services = await startServices(plan, allServices);
  stops.push(async () => {
    await Promise.all(services.map((service) => service.stop()));
  });
  const gateway = await startFront(plan, services);
  stops.push(() => gateway.close());
  const service = (wanted: ServiceName): RunningService => {
    const found = services.find((each) => each.name === wanted);
    if (found === undefined) throw new Error(`${wanted} does not run`);
    return found;
  };
  return {
    clock,
    services,
    graphUrl: `${gateway.url}/graphql`,
    adminUrl: addressOf(servers.adminUrl, name),
    tokenFor: (claims) => issuer.issue(claims, { ttl: TOKEN_LIFE }),
    service,
    rows: (wanted, text, parameters = []) =>
      asWorker(service(wanted).core.worker, (tx) => query(tx, text, parameters)),
    settled: async () => {
      await settled(services, SETTLING);
    },
    rest: () => atRest(services, SETTLING),
    stop,
  };
};

const addressOf = (server: string, database: string): string => {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
};

const serveIssuer = async (dir: string, stops: Stop[]): Promise<Issuer> => {
  const mounted: { issuer?: Issuer } = {};
  const server = createServer((request, response) => {
    if (mounted.issuer?.handle(request, response) !== true) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  mounted.issuer = await openIssuer(dir, { issuer: origin, audience: 'xueji-year' });
  return mounted.issuer;
};

const asAdmin = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

type Parts = {
  servers: YearServers;
  name: string;
  issuer: Issuer;
  register: RegisterSimulator;
  filesDir: string;
  clock: SimulatedClock;
};

const planOf = ({ servers, name, issuer, register, filesDir, clock }: Parts): NetworkPlan => ({
  adminUrl: servers.adminUrl,
  database: name,
  secret: servers.secret,
  nats: { ...servers.nats, prefix: name },
  keys: {
    ring: JSON.stringify({ current: 'year', keys: { year: keyOf(servers, 'ring') } }),
    hashKey: keyOf(servers, 'hash'),
  },
  oidc: issuer,
  registerUrl: register.url,
  filesDir,
  publicUrl: 'http://127.0.0.1:4000',
  healAfter: HEAL_AFTER,
  poolSize: 6,
  clock,
  log,
});

const keyOf = ({ secret }: YearServers, name: string): string =>
  createHash('sha256').update(`${secret} ${name}`).digest('base64');

const log = (): Log => silentLog;

const startFront = (plan: NetworkPlan, services: readonly RunningService[]): Promise<RunningGateway> =>
  startGateway(
    readConfig(GatewayConfig, {
      PORT: '0',
      SUBGRAPH_URLS: JSON.stringify(
        Object.fromEntries(services.map(({ name, url }) => [name, `${url}/graphql`])),
      ),
      FILES_URL: services.find(({ name }) => name === 'enrollment')?.url,
      OIDC_ISSUER: plan.oidc.issuer,
      OIDC_JWKS_URL: plan.oidc.jwksUrl,
      OIDC_AUDIENCE: plan.oidc.audience,
      NATS_URL: plan.nats.url,
      NATS_USER: plan.nats.user,
      NATS_PASSWORD: plan.nats.password,
      NATS_PREFIX: plan.nats.prefix,
      LOG_LEVEL: 'silent',
    }),
    { log: silentLog },
  );
