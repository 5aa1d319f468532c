import { Envelope } from '#libs/contracts/envelope.ts';
import { createAccountUse } from '../actor/account-use.ts';
import { withFiledAccounts } from '../actor/filed-accounts.ts';
import { withOwnUnit } from '../actor/own-unit.ts';
import { createTokens } from '../actor/tokens.ts';
import { accessSteps, noteRefusal, serveAccessCounts } from '../audit/access-counts.ts';
import { startSealer } from '../audit/sealer.ts';
import { connectNats } from '../bus/nats-bus.ts';
import { type Clock, realClock } from '../clock/clock.ts';
import { followTime } from '../clock/shared-clock.ts';
import type { ServiceConfig } from '../config/config.ts';
import { prepareToReseal } from '../crypto/resealing.ts';
import { createSealing } from '../crypto/sealing.ts';
import { alone } from '../database/alone.ts';
import { compareKeys, keySteps, markKeys } from '../database/keys.ts';
import { isUpToDate, migrate } from '../database/migrate.ts';
import { connectDatabase } from '../database/orm.ts';
import { rolesOf } from '../database/provision.ts';
import { createAccounts } from '../directory/accounts.ts';
import { createDirectory } from '../directory/directory.ts';
import { createMemory, directoryPlace } from '../directory/memory.ts';
import { directoryProjection } from '../directory/projection.ts';
import { directorySteps } from '../directory/tables.ts';
import { withDisclosure } from '../disclosure/disclosed.ts';
import { isUsed } from '../events/apply.ts';
import { type Inbox, startInbox } from '../events/inbox.ts';
import type { Logged } from '../events/log.ts';
import { serveLog } from '../events/log-access.ts';
import { serveOperations } from '../events/operations.ts';
import { tellProgress } from '../events/progress.ts';
import type { Projection } from '../events/projection.ts';
import { type Relay, startRelay } from '../events/relay.ts';
import { createLog, type Log } from '../log/log.ts';
import { watchDatabases } from '../metrics/database-gauges.ts';
import { watchLag } from '../metrics/inbox-gauges.ts';
import { takeMeasures } from '../metrics/measures.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { platformMeasures } from '../metrics/platform-measures.ts';
import { serveStanding } from '../standing/serve-standing.ts';
import { withinEffort } from '../subgraph/bounded.ts';
import { buildGuardedSchema, readSubgraphSdl } from '../subgraph/schema.ts';
import { listen } from '../subgraph/server.ts';
import type { RequestContext } from './context.ts';
import type { ServiceCore, ServiceDefinition } from './definition.ts';
import { serveKeeping } from './keeping.ts';
import { createReadiness } from './readiness.ts';

/** A running service, for runners and tests. */
export type RunningService = {
  name: string;
  url: string;
  core: ServiceCore;
  relay: Relay;
  projections: readonly Projection[];
  inboxes: readonly { consumer: string; source: string; inbox: Inbox }[];
  /** Resolves when its workers have done all that the clock has brought so far. */
  atRest(): Promise<void>;
  stop(): Promise<void>;
};

export type StartOptions = { clock?: Clock; log?: Log };

const readable = ({ event }: Logged): Envelope[] => {
  const envelope = Envelope.safeParse(event);
  return envelope.success ? [envelope.data] : [];
};

const watchInboxes = async (core: ServiceCore, projections: readonly Projection[], onMoved: () => void) => {
  const pairs = projections.flatMap((projection) =>
    projection.sources.map((source) => ({ projection, source })),
  );
  return Promise.all(
    pairs.map(async ({ projection, source }) => ({
      consumer: projection.name,
      source,
      inbox: await startInbox({
        projection,
        source,
        orm: core.worker,
        bus: core.bus,
        log: core.log,
        healAfter: core.config.HEAL_AFTER_MS,
        onApplied: (applied) => {
          const labels = { consumer: projection.name, source };
          core.metrics.inboxPosition.set(labels, applied.position);
          core.metrics.eventsApplied.inc(labels, applied.events.length);
          core.metrics.eventsParked.inc(labels, applied.parked);
          if (applied.events.length > 0) core.wakeRelay();
          const now = Date.now();
          for (const { time } of applied.events)
            core.metrics.eventLag.observe(labels, Math.max(0, (now - Date.parse(time)) / 1000));
        },
        onPassed: (entries) => {
          const used = entries.filter((entry) => isUsed(projection, entry)).flatMap(readable);
          if (used.length > 0) projection.applied?.(used);
          onMoved();
        },
      }),
    })),
  );
};

/** Brings the database up to date, once it is sure that it was filled under these keys. Throws `KeysDoNotFit`. */
const prepareDatabase = async (
  { name, schemaSteps, sealed = [] }: Pick<ServiceDefinition, 'name' | 'schemaSteps' | 'sealed'>,
  { OWNER_DATABASE_URL: owner, KEY_RING: ring, HASH_KEY: hashKey }: ServiceConfig,
): Promise<void> => {
  const roles = rolesOf(name);
  const keys = { ring, hashKey };
  const steps = [...schemaSteps, ...keySteps, ...directorySteps, ...accessSteps];
  await alone(owner, `schema of ${name}`, async (client) => {
    await compareKeys(client, roles.schema, keys);
    if (!(await isUpToDate(client, roles, steps))) await migrate(owner, roles, steps);
    await prepareToReseal(client, sealed, roles);
    await markKeys(client, roles.schema, keys);
  });
};

/** Connections for single statements beside open transactions: none of them waits for anything. */
const besidePool = 2;

/** Starts one service: keys, schema steps, connections, relay, inboxes, then its HTTP server. */
export const startService = async <Context extends RequestContext>(
  definition: ServiceDefinition<Context>,
  config: ServiceConfig,
  options: StartOptions = {},
): Promise<RunningService> => {
  const log = options.log ?? createLog({ service: definition.name, level: config.LOG_LEVEL });
  await prepareDatabase(definition, config);
  const [app, worker, beside, bus] = await Promise.all([
    connectDatabase({ url: config.DATABASE_URL, entities: definition.entities, poolSize: config.POOL_SIZE }),
    connectDatabase({
      url: config.WORKER_DATABASE_URL,
      entities: definition.entities,
      poolSize: config.POOL_SIZE,
    }),
    connectDatabase({ url: config.WORKER_DATABASE_URL, entities: [], poolSize: besidePool }),
    connectNats({
      url: config.NATS_URL,
      user: config.NATS_USER,
      password: config.NATS_PASSWORD,
      name: definition.name,
      prefix: config.NATS_PREFIX,
      replicas: config.NATS_REPLICAS,
      log,
    }),
  ]);
  const relay = startRelay({ source: definition.name, orm: worker, bus, log });
  const sealer = startSealer(worker, log);
  const time = config.CLOCK === 'real' ? undefined : await followTime(bus, config.CLOCK);
  const clock = options.clock ?? time?.clock ?? realClock;
  const tokens = createTokens({
    issuer: config.OIDC_ISSUER,
    audience: config.OIDC_AUDIENCE,
    jwksUrl: config.OIDC_JWKS_URL,
    twoFactors: config.OIDC_ACR_TWO_FACTORS,
  });
  const memory = createMemory(() => directoryPlace(beside));
  const accounts = createAccounts(beside, memory);
  const directory = createDirectory(beside, bus, memory, definition.reading);
  const accountUse = createAccountUse(bus, clock);
  const core: ServiceCore = {
    name: definition.name,
    config,
    app,
    worker,
    beside,
    bus,
    clock,
    log,
    sealing: createSealing(config.KEY_RING, config.HASH_KEY),
    directory,
    accounts,
    metrics: createMetrics(definition.name),
    tokens: withOwnUnit(
      withFiledAccounts(tokens, accounts, accountUse, (account, workplace) =>
        noteRefusal(app, { account, workplace, at: clock.now() }),
      ),
      directory,
    ),
    wakeRelay: () => relay.wake(),
  };
  const stopLog = await serveLog(definition.name, worker, bus);
  const stopCounts = await serveAccessCounts({ service: definition.name, worker, bus, clock });
  const parts = await definition.start(core);
  const followed: Projection = {
    ...directoryProjection,
    applied: (events) => {
      if (events.some(({ source }) => source === 'organization')) memory.forget();
    },
  };
  const projections = [followed, ...parts.projections];
  const progress = tellProgress(definition.name, bus);
  const inboxes = await watchInboxes(core, projections, progress.moved);
  progress.begin(inboxes);
  const stopOperations = await serveOperations({
    service: definition.name,
    worker,
    workerUrl: config.WORKER_DATABASE_URL,
    bus,
    log,
    projections,
    inboxes,
  });
  const stopKeeping = await serveKeeping({
    service: definition.name,
    worker,
    ownerUrl: config.OWNER_DATABASE_URL,
    schema: rolesOf(definition.name).schema,
    bus,
    log,
    clock,
    sealing: core.sealing,
    sealed: definition.sealed ?? [],
    files: parts.files,
  });
  const guarded = buildGuardedSchema(await readSubgraphSdl(definition.schema), parts.resolvers);
  const schema = withinEffort(parts.disclosed ? withDisclosure(guarded, parts.disclosed) : guarded);
  const { registry } = core.metrics;
  await watchDatabases(registry, core);
  takeMeasures(registry, worker, [...platformMeasures, ...(parts.measures ?? [])]);
  const lag = await watchLag(registry, bus, inboxes);
  const stopStanding = await serveStanding({
    ...{ service: definition.name, worker, bus, clock, log, inboxes, lag },
    clocks: parts.clocks ?? [],
  });
  const isReady = createReadiness({ worker, bus, inboxes, needs: parts.needs, log });
  const http = await listen(core, schema, parts, isReady);
  return {
    name: definition.name,
    url: http.url,
    core,
    relay,
    projections,
    inboxes,
    atRest: async () => {
      await accountUse.told();
      await Promise.all((parts.loops ?? []).map((loop) => loop.idle()));
    },
    stop: async () => {
      await http.close();
      await lag.stop();
      await stopStanding();
      await progress.stop();
      await stopOperations();
      await stopKeeping();
      await Promise.all((parts.stops ?? []).map((stop) => stop()));
      await Promise.all((parts.loops ?? []).map((loop) => loop.stop()));
      await Promise.all(inboxes.map(({ inbox }) => inbox.stop()));
      await Promise.all([relay.stop(), sealer.stop()]);
      await stopLog();
      await stopCounts();
      await time?.stop();
      await bus.close();
      await Promise.all([app.close(), worker.close(), beside.close()]);
    },
  };
};
