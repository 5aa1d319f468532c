import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Issuer } from '#deploy/local/issuer.ts';
import { serveIssuer } from '#deploy/local/serve-issuer.ts';
import { allServices } from '#deploy/network/all-services.ts';
import { atRest } from '#deploy/network/at-rest.ts';
import { anyRate, startFront } from '#deploy/network/front.ts';
import { type NetworkPlan, startServices } from '#deploy/network/services.ts';
import { settled } from '#deploy/network/settled.ts';
import { type RegisterSimulator, startRegisterSimulator } from '#deploy/simulators/population-register.ts';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { type SimulatedClock, simulatedClock } from '#libs/platform/clock/clock.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { type Log, silentLog } from '#libs/platform/log/log.ts';
import type { RunningService } from '#libs/platform/service/start.ts';
import { firstKeys } from '#libs/platform/signing/rotation.ts';

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
const SETTLING = { within: 120_000, parkedAllowed: true };
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
  const { issuer, stop: stopIssuer } = await serveIssuer(filesDir, { audience: 'xueji-year' });
  stops.push(stopIssuer);
  await asAdmin(servers.adminUrl, `create database "${name}"`);
  stops.push(() => asAdmin(servers.adminUrl, `drop database if exists "${name}" with (force)`));
  const plan = planOf({ servers, name, issuer, register, filesDir, clock });
  const services = await startServices(plan, allServices);
  stops.push(async () => {
    await Promise.all(services.map((service) => service.stop()));
  });
  const gateway = await startFront(plan, {
    subgraphs: services,
    // Its time goes in leaps, which no answer that was kept would follow.
    environment: { ...anyRate, RESPONSE_CACHE: 'off' },
  });
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
    signing: JSON.stringify(firstKeys('Ed25519', '2000-01-01T00:00:00Z')),
  },
  oidc: issuer,
  registerUrl: register.url,
  filesDir,
  publicUrl: 'http://127.0.0.1:4000',
  healAfter: HEAL_AFTER,
  poolSize: 8,
  clock,
  log,
});

const keyOf = ({ secret }: YearServers, name: string): string =>
  createHash('sha256').update(`${secret} ${name}`).digest('base64');

const log = (): Log => silentLog;
