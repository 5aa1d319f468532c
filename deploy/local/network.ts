import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoIdentities } from '#deploy/demo/identities.ts';
import { loadOnce } from '#deploy/demo/load-once.ts';
import { findNation } from '#deploy/demo/nation-mark.ts';
import { Failure } from '#deploy/local/failure.ts';
import type { Issuer } from '#deploy/local/issuer.ts';
import { keptScale } from '#deploy/local/kept-scale.ts';
import type { DemoToken, Network, NetworkOptions, StartNetwork } from '#deploy/local/network-contract.ts';
import { keptPort } from '#deploy/local/ports.ts';
import { openSecrets } from '#deploy/local/secrets.ts';
import { serveIssuer } from '#deploy/local/serve-issuer.ts';
import { welcomeOperations } from '#deploy/local/welcome-operations.ts';
import { allServices } from '#deploy/network/all-services.ts';
import { type ChildService, startChild } from '#deploy/network/child-services.ts';
import { startFront } from '#deploy/network/front.ts';
import { type NetworkPlan, startServices } from '#deploy/network/services.ts';
import { type RegisterSimulator, startRegisterSimulator } from '#deploy/simulators/population-register.ts';
import { KeysDoNotFit } from '#libs/platform/database/keys.ts';
import { createLog } from '#libs/platform/log/log.ts';
import type { RunningService } from '#libs/platform/service/start.ts';

const audience = 'xueji-local';
const tokenLife = '12h';
const consoleSourcesPort = 5173;

type Stop = () => Promise<void>;

const planOf = (options: NetworkOptions, issuer: Issuer, register: RegisterSimulator): NetworkPlan => {
  const secrets = openSecrets(options.stateDir, options.databaseElsewhere);
  return {
    adminUrl: options.adminUrl,
    database: 'xueji',
    secret: secrets.databaseSecret,
    nats: { ...options.nats, prefix: 'xueji' },
    keys: { ring: secrets.keyRing, hashKey: secrets.hashKey, signing: secrets.signingKeys },
    oidc: issuer,
    registerUrl: register.url,
    filesDir: join(options.stateDir, 'files'),
    publicUrl: `http://127.0.0.1:${options.port}`,
    logLevel: process.env.LOG_LEVEL ?? 'error',
    poolSize: 6,
    startsAt: options.startsAt,
  };
};

/** The administrator's address of the database that the services share. */
const databaseUrl = ({ adminUrl, database }: NetworkPlan): string => {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
};

/** Services in this process, with the demo nation in them. */
const startHere = async (plan: NetworkPlan, options: NetworkOptions): Promise<RunningService[]> => {
  options.onProgress('Starting services');
  const services = await startServices(plan, allServices);
  options.onServices?.(services);
  try {
    await loadOnce({ ...options, services, database: databaseUrl(plan) });
  } catch (error) {
    await Promise.allSettled(services.map((service) => service.stop()));
    throw error;
  }
  return services;
};

/** Says so where the demo nation that is kept is not of the scale that was asked for. */
const tellOfScale = async (plan: NetworkPlan, options: NetworkOptions): Promise<void> => {
  const kept = await findNation(databaseUrl(plan));
  const sentence = keptScale(kept?.scale, options.scale, options.databaseElsewhere);
  if (sentence !== undefined) options.tell(sentence);
};

type Subgraph = { name: string; url: string; readonly pid?: number; stop: Stop };

const startSubgraphs = async (plan: NetworkPlan, options: NetworkOptions): Promise<Subgraph[]> => {
  if (!options.processes) return startHere(plan, options);
  if (!(await findNation(databaseUrl(plan)))?.loaded) {
    const here = await startHere(plan, options);
    await Promise.all(here.map((service) => service.stop()));
  }
  options.onProgress('Starting each service as a process');
  const started = await Promise.allSettled(
    allServices.map(({ name }) => startChild(plan, name, { ...options, onReplaced: options.onProcesses })),
  );
  const children = started.flatMap((result): ChildService[] =>
    result.status === 'fulfilled' ? [result.value] : [],
  );
  const failure = started.find((result) => result.status === 'rejected');
  if (failure?.status === 'rejected') {
    await Promise.allSettled(children.map((child) => child.stop()));
    throw failure.reason;
  }
  return children;
};

const issueTokens = async (issuer: Issuer, stateDir: string): Promise<DemoToken[]> => {
  const identities = demoIdentities();
  const kept = identities.map(({ name, level, claims }) => ({ name, level, claims }));
  writeFileSync(join(stateDir, 'identities.json'), JSON.stringify(kept, null, 2), { mode: 0o600 });
  return Promise.all(
    kept.map(async ({ name, level, claims }) => ({
      name,
      level,
      token: await issuer.issue(claims, { ttl: tokenLife }),
    })),
  );
};

/** Where the console may be opened: from the gateway, or from its sources while somebody works on them. */
const originsOf = (port: number): string[] =>
  [port, consoleSourcesPort].flatMap((each) => [`http://127.0.0.1:${each}`, `http://localhost:${each}`]);

const strangeKeys = ({ message }: KeysDoNotFit, { stateDir }: NetworkOptions): Failure =>
  new Failure(
    message,
    `With the keys in ${join(stateDir, 'secrets.json')} its children would not be found and be registered twice.`,
    'Start from the folder from which the database was filled, or bring its secrets.json here. Nothing was changed.',
  );

/** Starts the whole registry on running servers: register simulator, issuer, services, gateway. */
export const startNetwork: StartNetwork = async (options): Promise<Network> => {
  const stops: Stop[] = [];
  const stopAll = async () => {
    for (const stop of stops.reverse()) await stop();
  };
  try {
    const register = await startRegisterSimulator({
      mismatchPerThousand: 4,
      absentPerThousand: 2,
      latency: 5,
    });
    stops.push(register.close);
    const port = await keptPort(join(options.stateDir, 'issuer-port'));
    const signIn = { identities: demoIdentities(), origins: originsOf(options.port) };
    const { issuer, stop } = await serveIssuer(options.stateDir, { audience, port, signIn });
    stops.push(stop);
    const plan = planOf(options, issuer, register);
    const subgraphs = await startSubgraphs(plan, options);
    stops.push(async () => {
      await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
    });
    await tellOfScale(plan, options);
    options.onProgress('Starting the gateway');
    const level = plan.logLevel ?? 'error';
    const gateway = await startFront(plan, {
      subgraphs,
      environment: {
        PORT: String(options.port),
        PUBLIC_URL: plan.publicUrl,
        LOG_LEVEL: level,
        ...options.gateway,
      },
      log: createLog({ service: 'gateway', level }),
    });
    stops.push(gateway.close);
    return {
      graphUrl: `${gateway.url}/graphql`,
      identities: await issueTokens(issuer, options.stateDir),
      get pids() {
        return subgraphs.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
      },
      hints: welcomeOperations,
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error instanceof KeysDoNotFit ? strangeKeys(error, options) : error;
  }
};
