import { Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
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

/** Which steps ran is not for the service to see. */
const hiddenFrom = ({ app, worker }: ServiceRoles): string[] => [app, worker];

/** True where every step ran, and the list of them is closed to the service: nothing is left for `migrate` to do. */
export const isUpToDate = async (
  owner: Client,
  roles: ServiceRoles,
  steps: readonly SchemaStep[],
): Promise<boolean> => {
  const table = `${roles.schema}.schema_step`;
  const { rows } = await owner.query<{ there: boolean; open: boolean }>(
    `select to_regclass($1) is not null as there,
            exists (select 1 from unnest($2::text[]) role
                    where has_any_column_privilege(role, to_regclass($1), 'select, insert, update')
                       or has_table_privilege(role, to_regclass($1), 'select, insert, update, delete')) as open`,
    [table, hiddenFrom(roles)],
  );
  if (rows[0]?.there !== true || rows[0].open) return false;
  const done = await owner.query<{ name: string }>(`select name from ${table}`);
  const names = new Set(done.rows.map(({ name }) => name));
  return steps.every(({ name }) => names.has(name));
};

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
      `revoke all on ${roles.schema}.schema_step from ${hiddenFrom(roles).join(', ')}`,
    );
    return done.map(({ name }) => name);
  } finally {
    await orm.close();
  }
};
