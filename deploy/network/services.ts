import { join } from 'node:path';
import { TWO_FACTORS } from '#deploy/demo/identities.ts';
import type { Clock } from '#libs/platform/clock/clock.ts';
import { KeyRing, readConfig, ServiceConfig } from '#libs/platform/config/config.ts';
import { requireKeys } from '#libs/platform/database/keys.ts';
import { databaseOf, provision, rolesOf } from '#libs/platform/database/provision.ts';
import type { Log } from '#libs/platform/log/log.ts';
import type { RequestContext } from '#libs/platform/service/context.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { type RunningService, startService } from '#libs/platform/service/start.ts';

type AnyDefinition = ServiceDefinition<RequestContext>;

/** Everything that the services of one network share. */
export type NetworkPlan = {
  adminUrl: string;
  database: string;
  /** The database is there, with the roles that the secret gives and a schema for each service: nothing is made. */
  provisioned?: boolean;
  /** Secret from which database passwords are derived. */
  secret: string;
  nats: { url: string; user?: string; password?: string; prefix: string };
  /** `signing`: keys of electronic certificates, for the service that signs them. */
  keys: { ring: string; hashKey: string; signing?: string };
  oidc: { issuer: string; audience: string; jwksUrl: string };
  registerUrl?: string;
  filesDir: string;
  /** Further variables of every service, such as those of an object storage. */
  environment?: Record<string, string>;
  publicUrl: string;
  logLevel?: string;
  healAfter?: number;
  poolSize?: number;
  clock?: Clock;
  /** Instant at which the clock of services in processes of their own begins, where that is not the real one. */
  startsAt?: string;
  log?: (service: string) => Log;
};

/** Before the roles of the service get passwords of this network: a network with other keys loses nothing. */
const requireKeysOf = (plan: NetworkPlan, service: string): Promise<void> => {
  const url = new URL(plan.adminUrl);
  url.pathname = `/${plan.database}`;
  const keys = { ring: KeyRing.parse(JSON.parse(plan.keys.ring)), hashKey: plan.keys.hashKey };
  return requireKeys(url.href, rolesOf(service).schema, keys);
};

/** It keeps its files at the top of the folder; every other service has a folder of its own below. */
const firstWithFiles = 'enrollment';

/**
 * Environment of one service: what its configuration is read from, in this process or in its own.
 * Throws `KeysDoNotFit` where its database was filled under other keys.
 */
export const environmentOf = async (plan: NetworkPlan, service: string): Promise<Record<string, string>> => {
  if (plan.provisioned !== true) {
    await requireKeysOf(plan, service);
    await provision({ ...plan, services: [service] });
  }
  const database = databaseOf({ ...plan, services: [service] }, service);
  const optional = {
    NATS_USER: plan.nats.user,
    NATS_PASSWORD: plan.nats.password,
    POPULATION_REGISTER_URL: plan.registerUrl,
    CLOCK: plan.startsAt,
    SIGNING_KEYS: service === 'certificate' ? plan.keys.signing : undefined,
  };
  return {
    DATABASE_URL: database.app,
    WORKER_DATABASE_URL: database.worker,
    OWNER_DATABASE_URL: database.owner,
    NATS_URL: plan.nats.url,
    NATS_PREFIX: plan.nats.prefix,
    OIDC_ISSUER: plan.oidc.issuer,
    OIDC_AUDIENCE: plan.oidc.audience,
    OIDC_JWKS_URL: plan.oidc.jwksUrl,
    OIDC_ACR_TWO_FACTORS: TWO_FACTORS,
    KEY_RING: plan.keys.ring,
    HASH_KEY: plan.keys.hashKey,
    FILES_DIR: service === firstWithFiles ? plan.filesDir : join(plan.filesDir, service),
    PUBLIC_URL: plan.publicUrl,
    LOG_LEVEL: plan.logLevel ?? 'warn',
    HEAL_AFTER_MS: String(plan.healAfter ?? 5_000),
    POOL_SIZE: String(plan.poolSize ?? 6),
    ...plan.environment,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  } as Record<string, string>;
};

/** Starts services in this process, side by side; when one fails, those already running are stopped. */
export const startServices = async (
  plan: NetworkPlan,
  definitions: readonly AnyDefinition[],
): Promise<RunningService[]> => {
  const environments = new Map<string, Record<string, string>>();
  for (const { name } of definitions) environments.set(name, await environmentOf(plan, name));
  const started = await Promise.allSettled(
    definitions.map((definition) =>
      startService(definition, readConfig(ServiceConfig, environments.get(definition.name) ?? {}), {
        clock: plan.clock,
        log: plan.log?.(definition.name),
      }),
    ),
  );
  const running = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failure = started.find((result) => result.status === 'rejected');
  if (failure?.status === 'rejected') {
    await Promise.allSettled(running.map((service) => service.stop()));
    throw failure.reason;
  }
  return running;
};
