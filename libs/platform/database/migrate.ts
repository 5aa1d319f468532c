import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { execute } from './query.ts';
import type { ServiceRoles } from './tables.ts';

/** One step of a service's schema: a stable name and its statements in order. */
export type SchemaStep = { name: string; statements: (roles: ServiceRoles) => string[] };

const migrationOf = (step: SchemaStep, roles: ServiceRoles) => ({
  name: step.name,
  class: class extends Migration {
    override up(): void {
      for (const statement of step.statements(roles)) this.addSql(statement);
    }
  },
});

/** Brings the schema of a service up to date as its owner; steps that ran before are left alone. */
export const migrate = async (
  ownerUrl: string,
  roles: ServiceRoles,
  steps: readonly SchemaStep[],
): Promise<string[]> => {
  const orm = new MikroORM({
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { min: 0, max: 1 },
    migrations: {
      migrationsList: steps.map((step) => migrationOf(step, roles)),
      tableName: `${roles.schema}.schema_step`,
      snapshot: false,
      silent: true,
    },
  });
  await orm.connect();
  try {
    const done = await orm.migrator.up();
    await execute(
      orm.em.fork(),
      `revoke all on ${roles.schema}.schema_step from ${roles.app}, ${roles.worker}`,
    );
    return done.map(({ name }) => name);
  } finally {
    await orm.close();
  }
};
