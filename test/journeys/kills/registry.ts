import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MikroORM } from '@mikro-orm/postgresql';
import { demoCalendars, demoPromotions } from '#deploy/demo/calendars.ts';
import { CORE_SCHOOLS } from '#deploy/demo/core-schools.ts';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { loadOrganization } from '#deploy/demo/load-organization.ts';
import { planNation } from '#deploy/demo/nation-plan.ts';
import { demoUnits } from '#deploy/demo/units.ts';
import { type Postgres, removePostgres, startPostgres } from '#deploy/local/postgres.ts';
import { allServices } from '#deploy/network/all-services.ts';
import { type ChildService, startChild } from '#deploy/network/child-services.ts';
import { anyRate, startFront } from '#deploy/network/front.ts';
import { type NetworkPlan, startServices } from '#deploy/network/services.ts';
import { startRegisterSimulator } from '#deploy/simulators/population-register.ts';
import { SERVICES, type ServiceName } from '#libs/contracts/vocabulary.ts';
import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { createSealing, type Sealing } from '#libs/platform/crypto/sealing.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { databaseOf } from '#libs/platform/database/provision.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { type OwnNats, startOwnNats } from '#test/events/support/own-nats.ts';
import { testServers } from '#test/support/database.ts';
import type { GraphAnswer } from '#test/support/registry.ts';
import { startIssuer, type TestIssuer } from '#test/support/tokens.ts';

/** What a test may kill. */
export type Victim = ServiceName | 'postgres' | 'nats';

/** A service's database as its worker, and its address. */
export type Inside = { worker: MikroORM; workerUrl: string };

/** A registry on servers of its own: whatever is killed comes back, and the gateway stays. */
export type KillableRegistry = {
  /** Kills at once (SIGKILL) and is done when what was killed runs again. */
  kill(victim: Victim): Promise<void>;
  /** Resolves when nothing is down. */
  standing(): Promise<void>;
  /** Services that ended without having been killed. */
  fallen(): readonly string[];
  ask<Data>(who: string, query: string, variables: Record<string, unknown>): Promise<GraphAnswer<Data>>;
  gatewayUrl: string;
  network: Pick<TestIssuer, 'tokenFor'>;
  inside(service: ServiceName): Inside;
  bus: Bus;
  sealing: Sealing;
  stop(): Promise<void>;
};

type Stop = () => unknown;

const schoolYear = 2026;
const startsAt = '2026-09-02T09:00:00+08:00';
const tokenLife = 12 * 3600;

export const startKillable = async (): Promise<KillableRegistry> => {
  const stops: Stop[] = [];
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    return { ...(await start((stop) => stops.push(stop))), stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
};

/** @param onStop hears how to stop what was started, the last first */
const start = async (onStop: (stop: Stop) => unknown): Promise<Omit<KillableRegistry, 'stop'>> => {
  await mkdir(testServers().dir, { recursive: true });
  const folder = await mkdtemp(join(testServers().dir, 'kills-'));
  onStop(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startOwnPostgres(folder);
  onStop(postgres.stop);
  const nats = await startOwnNats();
  onStop(nats.stop);
  const register = await startRegisterSimulator({ mismatchPerThousand: 0, absentPerThousand: 0, latency: 0 });
  onStop(register.close);
  const issuer = await startIssuer();
  onStop(issuer.stop);
  const plan: NetworkPlan = {
    adminUrl: postgres.adminUrl,
    database: 'xueji',
    secret: 'passwords of killed networks',
    nats: { ...nats.address, prefix: 'kills' },
    keys: newKeys(),
    oidc: issuer,
    registerUrl: register.url,
    filesDir: join(folder, 'files'),
    publicUrl: 'http://127.0.0.1:4000',
    logLevel: 'silent',
    healAfter: 200,
    poolSize: 4,
    startsAt,
  };
  await loadSchools(plan);
  const processes = await startProcesses(plan, onStop);
  const gateway = await startFront(plan, {
    subgraphs: processes.children,
    environment: { REQUEST_TIMEOUT_MS: '3000', ...anyRate },
  });
  onStop(gateway.close);
  const insides = await openInsides(plan, onStop);
  const bus = await connectNats({ ...nats.address, prefix: 'kills', name: 'onlooker', log: silentLog });
  onStop(() => bus.close());
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (who: string): Promise<string> => {
    const claims = demoIdentities(schoolYear).find(({ name }) => name === who)?.claims ?? {};
    const token = tokens.get(who) ?? issuer.tokenFor(claims, tokenLife);
    tokens.set(who, token);
    return token;
  };
  let comingBack: Promise<void> = Promise.resolve();
  return {
    kill: (victim) => {
      comingBack = killOne(victim, { postgres, nats, processes });
      return comingBack;
    },
    standing: () => comingBack,
    fallen: () => processes.fallen,
    ask: async (who, query, variables) => {
      const response = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(who)}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data = null, errors = [] } = (await response.json()) as Partial<GraphAnswer<never>>;
      return { status: response.status, data, errors };
    },
    gatewayUrl: gateway.url,
    network: { tokenFor: (claims) => issuer.tokenFor(claims, tokenLife) },
    inside: (service) => {
      const inside = insides.get(service);
      if (inside === undefined) throw new Error(`${service} is not part of this registry`);
      return inside;
    },
    bus,
    sealing: createSealing(JSON.parse(plan.keys.ring), plan.keys.hashKey),
  };
};

const newKeys = (): NetworkPlan['keys'] => {
  const key = () => randomBytes(32).toString('base64');
  return { ring: JSON.stringify({ current: 'test', keys: { test: key() } }), hashKey: key() };
};

type OwnPostgres = { adminUrl: string; kill(): Promise<void>; stop(): Promise<void> };

const startOwnPostgres = async (folder: string): Promise<OwnPostgres> => {
  const options = { dataDir: join(folder, 'postgres'), runDir: join(folder, 'run'), external: undefined };
  let server: Postgres = await startPostgres(options);
  return {
    adminUrl: server.adminUrl,
    kill: async () => {
      if (server.pid !== undefined) process.kill(server.pid, 'SIGKILL');
      await server.exited;
      server = await startPostgres(options);
    },
    stop: async () => {
      await server.stop();
      await removePostgres(options.dataDir);
    },
  };
};

/** Units, schools and calendars, before anything is killed; the other services learn of them from the log. */
const loadSchools = async (plan: NetworkPlan): Promise<void> => {
  const clock = simulatedClock(startsAt);
  const organization = allServices.filter(({ name }) => name === 'organization');
  const services = await startServices(
    { ...plan, clock, startsAt: undefined, log: () => silentLog },
    organization,
  );
  for (const { core } of services) {
    await loadOrganization(core, {
      units: demoUnits(),
      schools: planNation({ scale: 200, schoolYear }).schools.slice(0, CORE_SCHOOLS.length),
      calendars: demoCalendars(),
      promotions: demoPromotions(),
    });
  }
  await Promise.all(services.map((service) => service.stop()));
};

type Processes = {
  children: readonly ChildService[];
  fallen: readonly string[];
  /** Kills a service; done when it listens again. */
  kill(service: ServiceName): Promise<void>;
};

const startProcesses = async (plan: NetworkPlan, onStop: (stop: Stop) => unknown): Promise<Processes> => {
  const fallen: string[] = [];
  const killed = new Map<string, PromiseWithResolvers<void>>();
  const started = await Promise.allSettled(
    SERVICES.map(async (name) => {
      const child = await startChild(
        plan,
        name,
        {
          tell: () => undefined,
          onReplaced: () => {
            if (!killed.has(name)) fallen.push(name);
            killed.get(name)?.resolve();
            killed.delete(name);
          },
          signal: new AbortController().signal,
        },
        () => 0,
      );
      onStop(child.stop);
      return child;
    }),
  );
  const children = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = started.find((result) => result.status === 'rejected');
  if (failure?.status === 'rejected') throw failure.reason;
  return {
    children,
    fallen,
    kill: async (service) => {
      const back = Promise.withResolvers<void>();
      killed.set(service, back);
      const child = children.find(({ name }) => name === service);
      if (child !== undefined) process.kill(child.pid, 'SIGKILL');
      await back.promise;
    },
  };
};

const openInsides = async (
  plan: NetworkPlan,
  onStop: (stop: Stop) => unknown,
): Promise<ReadonlyMap<ServiceName, Inside>> => {
  const insides = new Map<ServiceName, Inside>();
  for (const service of SERVICES) {
    const workerUrl = databaseOf({ ...plan, services: [service] }, service).worker;
    const worker = await connectDatabase({ url: workerUrl, entities: [], poolSize: 2 });
    onStop(() => worker.close(true));
    insides.set(service, { worker, workerUrl });
  }
  return insides;
};

type Parts = { postgres: OwnPostgres; nats: OwnNats; processes: Processes };

const killOne = async (victim: Victim, { postgres, nats, processes }: Parts): Promise<void> => {
  if (victim === 'postgres') return postgres.kill();
  if (victim !== 'nats') return processes.kill(victim);
  await nats.kill();
  await nats.restart({ keepStore: true });
};
