import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { watchConnections } from './connections.ts';

/** A transaction's entity manager. */
export type Tx = EntityManager;

type Entities = NonNullable<Parameters<typeof MikroORM.init>[0]>['entities'];

export type DatabaseOptions = {
  /** postgresql://role:password@host:port/database; the role's search_path names the service's schema. */
  url: string;
  entities: Entities;
  poolSize: number;
  /** A transaction that runs longer is ended by the server (milliseconds). */
  transactionTimeout?: number;
  /** In place of the search path of the role. */
  searchPath?: string;
};

/**
 * One connected role of one service. Correctness settings of the session are the server's; here only what must
 * never be forgotten: a bounded transaction and Beijing time nowhere (all instants are bound as parameters).
 */
export const connectDatabase = async (options: DatabaseOptions): Promise<MikroORM> => {
  const path = options.searchPath === undefined ? '' : ` -c search_path=${options.searchPath}`;
  const orm = new MikroORM({
    clientUrl: options.url,
    entities: options.entities ?? [],
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
    allowGlobalContext: false,
    pool: { min: 0, max: options.poolSize, idleTimeoutMillis: 30_000 },
    driverOptions: {
      options: `-c transaction_timeout=${options.transactionTimeout ?? 15_000} -c timezone=UTC${path}`,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      pipeline: true,
      onPoolCreated: watchConnections,
    },
  });
  await orm.connect();
  return orm as unknown as MikroORM;
};
