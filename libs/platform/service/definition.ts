import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import type { Tokens } from '../actor/tokens.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';
import type { ServiceConfig } from '../config/config.ts';
import type { SealedColumn } from '../crypto/sealed-columns.ts';
import type { Sealing } from '../crypto/sealing.ts';
import type { SchemaStep } from '../database/migrate.ts';
import type { DatabaseOptions } from '../database/orm.ts';
import type { Accounts } from '../directory/accounts.ts';
import type { Directory } from '../directory/directory.ts';
import type { Disclosed } from '../disclosure/disclosed.ts';
import type { Projection } from '../events/projection.ts';
import type { Files } from '../files/files.ts';
import type { Log } from '../log/log.ts';
import type { Measure } from '../metrics/measures.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Action } from '../permissions/table.ts';
import type { ClockRows } from '../standing/clock-counts.ts';
import type { RequestContext } from './context.ts';
import type { Loop } from './loop.ts';

/** What the platform gives to a service when it starts; passed on explicitly, kept in no global. */
export type ServiceCore = {
  name: ServiceName;
  config: ServiceConfig;
  /** Database as the request role: row-level security binds it. */
  app: MikroORM;
  /** Database as the worker role. */
  worker: MikroORM;
  /**
   * The same role on a few connections of its own: for single statements while a transaction is open, which would otherwise
   * wait for a connection that is held by those who wait with it.
   */
  beside: MikroORM;
  bus: Bus;
  clock: Clock;
  log: Log;
  sealing: Sealing;
  directory: Directory;
  accounts: Accounts;
  metrics: Metrics;
  tokens: Tokens;
  /** Makes the relay look at once; called after a command committed. */
  wakeRelay(): void;
};

/** A path of the service's own HTTP server beside `/graphql`; false when the path is not its own. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Something beside database and NATS without which a service should get no requests; `probe` rejects while it is away. */
export type Need = { name: string; probe(): Promise<unknown> };

/** What a service brings to run. */
export type ServiceParts<Context extends RequestContext = RequestContext> = {
  resolvers: GraphQLResolverMap<Context>;
  /** Adds loaders and the like to the context of one operation. */
  contextOf(base: RequestContext): Context;
  projections: readonly Projection[];
  /** What it tells other systems under grants (PRV-05); nothing where it names nothing. */
  disclosed?: Disclosed;
  loops?: readonly Loop[];
  routes?: readonly Route[];
  stops?: readonly Stop[];
  needs?: readonly Need[];
  files?: Files;
  /** Numbers of the service's own that its database tells. */
  measures?: readonly Measure[];
  /** Its clocks that somebody has to see to, for those who operate it. */
  clocks?: readonly ClockRows[];
};

export type ServiceDefinition<Context extends RequestContext = RequestContext> = {
  name: ServiceName;
  /** The subgraph's SDL file. */
  schema: URL;
  entities: DatabaseOptions['entities'];
  schemaSteps: readonly SchemaStep[];
  /** Its columns of sealed values, so that they can be sealed anew. */
  sealed?: readonly SealedColumn[];
  /** The action that gives a caller a scope in this service; `student.read` where it names none. */
  reading?: Action;
  start(core: ServiceCore): Promise<ServiceParts<Context>>;
};
