import type pg from 'pg';

/** A table as the catalog has it. */
export type Table = {
  schema: string;
  name: string;
  owner: string;
  secured: boolean;
  forced: boolean;
  columns: string[];
};
export type Policy = {
  schema: string;
  table: string;
  name: string;
  roles: string[];
  using: string | null;
  check: string | null;
};
export type Roles = { app: string; worker: string; owner: string };

/** The name that the database has for a service. */
export const schemaOf = (service: string): string => service.replaceAll('-', '_');

export const rolesOfSchema = (service: string): Roles => ({
  app: `xueji_${schemaOf(service)}_app`,
  worker: `xueji_${schemaOf(service)}_worker`,
  owner: `xueji_${schemaOf(service)}_owner`,
});

/** Tables of services; `schema` is the name of the service. */
export const tablesOf = async (client: pg.Client, services: readonly string[]): Promise<Table[]> => {
  const { rows } = await client.query<Table>(
    `select replace(n.nspname, '_', '-') as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner, c.relrowsecurity as secured,
            c.relforcerowsecurity as forced,
            array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                  order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1, 2`,
    [services.map(schemaOf)],
  );
  return rows;
};

export const policiesOf = async (client: pg.Client, services: readonly string[]): Promise<Policy[]> => {
  const { rows } = await client.query<Policy>(
    `select replace(schemaname, '_', '-') as schema, tablename as table, policyname as name, roles::text[] as roles, qual as using,
            with_check as check from pg_policies where schemaname = any($1) order by 1, 2, 3`,
    [services.map(schemaOf)],
  );
  return rows;
};

const ofPersons =
  /^(person_id|persons|place|place_lo|place_hi|source_place|target_place|competent_place|owed_place|household_place|sealed|sealed_(?!at$)\w+)$/;

/** A table about somebody: it names a person, a place or range of the tree by which rows are owned, or holds sealed values. */
export const isPersonal = ({ columns }: Table): boolean => columns.some((column) => ofPersons.test(column));

/** Tables of the above shape that hold nothing about a person, and why. */
const publicTables: ReadonlyMap<string, string> = new Map([
  ['school', 'schools and their positions are public'],
  ['school_ref', 'the copy of the same'],
]);

/** Tables that are closed by the lack of a grant instead of by rows: a request adds to them and never reads. */
const writtenOnly: ReadonlySet<string> = new Set(['read_audit']);

const columnsAndSettings =
  /^(?:[\s()=,]|>=|<=|AND|OR|ANY|NULLIF|current_setting|true|place|place_lo|place_hi|told_place|root_place|source_place|target_place|competent_place|owed_place|household_place|width|person_id|::bigint|::text|::uuid\[\]|[+-] 1|\+|'xueji\.(?:lo|hi|persons)'|'')*$/;

/** The owner is let in for as long as its function seals one value anew, and never otherwise. */
const isOfResealing = ({ table, name, roles, using, check }: Policy, owner: string): boolean =>
  name === `${table}_reseal` &&
  roles.every((role) => role === owner) &&
  using === `(current_setting('xueji.resealed'::text, true) = '${table}'::text)` &&
  check === null;

/** Everything that is wrong with how a personal table is secured; empty when nothing is. */
export const problemsOf = (table: Table, policies: readonly Policy[]): string[] => {
  if (!isPersonal(table) || publicTables.has(table.name) || writtenOnly.has(table.name)) return [];
  const { app, worker, owner } = rolesOfSchema(table.schema);
  const name = `${table.schema}.${table.name}`;
  const own = policies.filter((policy) => policy.schema === table.schema && policy.table === table.name);
  return [
    ...(table.secured ? [] : [`${name} has no row-level security`]),
    ...(table.forced ? [] : [`${name} does not force it upon its owner`]),
    ...(table.owner === owner ? [] : [`${name} belongs to ${table.owner}`]),
    ...own.flatMap((policy) => {
      if (isOfResealing(policy, owner)) return [];
      const strangers = policy.roles.filter((role) => role !== app && role !== worker);
      const conditions = [policy.using, policy.check].filter((condition) => condition !== null);
      const loose =
        policy.roles.some((role) => role !== worker) &&
        conditions.some((condition) => condition.trim() === 'true');
      return [
        ...strangers.map((role) => `${name}: ${policy.name} is for ${role}`),
        ...(loose ? [`${name}: ${policy.name} lets a request see everything`] : []),
        ...conditions
          .filter((condition) => !columnsAndSettings.test(condition))
          .map((condition) => `${name}: ${policy.name} is not of columns and settings only: ${condition}`),
      ];
    }),
  ];
};
