import type { MikroORM } from '@mikro-orm/postgresql';
import { Gauge, Histogram, type Registry } from 'prom-client';
import { observeStatements } from '../telemetry/statements.ts';

/** The connected roles of a service. */
export type Databases = { app: MikroORM; worker: MikroORM };

const roles = ['app', 'worker'] as const;

/** Connections in use, idle and waited for, and the duration of every statement, by role. */
export const watchDatabases = async (registry: Registry, databases: Databases): Promise<void> => {
  const pools = await Promise.all(
    roles.map(async (role) => ({
      role,
      pool: await databases[role].em.getDriver().getConnection().getNativeClient(),
    })),
  );
  new Gauge({
    name: 'xueji_pool_connections',
    help: 'Database connections by role and state; waiting counts those who want one',
    labelNames: ['role', 'state'],
    registers: [registry],
    collect() {
      for (const { role, pool } of pools) {
        this.set({ role, state: 'used' }, pool.totalCount - pool.idleCount);
        this.set({ role, state: 'idle' }, pool.idleCount);
        this.set({ role, state: 'waiting' }, pool.waitingCount);
      }
    },
  });
  const statements = new Histogram({
    name: 'xueji_sql_seconds',
    help: 'Duration of database statements by role, first word and outcome',
    labelNames: ['role', 'kind', 'outcome'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  for (const role of roles) {
    observeStatements(databases[role], (kind, seconds, outcome) =>
      statements.observe({ role, kind, outcome }, seconds),
    );
  }
};
