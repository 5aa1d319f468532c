import type { Client } from 'pg';
import type { ServiceRoles } from '../database/tables.ts';

/** A column of sealed values. */
export type ColumnName = { table: string; column: string };

/** The one function by which a worker replaces the bytes of a sealed value. */
export const resealFunction = ({ table, column }: ColumnName): string => `reseal_${table}_${column}`;

const setting = 'xueji.resealed';

type KeyPart = { name: string; type: string };

/**
 * Replaces one value that is known by the same words under another seal: the format and the length of what is sealed must be the
 * same. What the words are, their own hash and the chain over them tell (ARC-25).
 */
const functionText = (
  { table, column }: ColumnName,
  key: readonly KeyPart[],
  { schema }: ServiceRoles,
): string => {
  const row = key.map(({ name, type }, at) => `${name} = (row_key[${at + 1}])::${type}`).join(' and ');
  return `
create or replace function ${resealFunction({ table, column })}(row_key text[], former bytea, anew bytea)
returns boolean language plpgsql volatile security definer set search_path = ${schema}, pg_temp as $$
declare is_done boolean;
begin
  if get_byte(former, 0) <> get_byte(anew, 0)
     or length(former) - get_byte(former, 1) <> length(anew) - get_byte(anew, 1) then
    raise check_violation using message = 'These are not the same words under another seal';
  end if;
  perform set_config('${setting}', '${table}', true);
  update ${table} set ${column} = anew where ${column} = former and ${row};
  is_done := found;
  perform set_config('${setting}', '', true);
  return is_done;
end $$`;
};

const statements = (named: ColumnName, key: readonly KeyPart[], roles: ServiceRoles): string[] => {
  const { table, column } = named;
  const signature = `${resealFunction(named)}(text[], bytea, bytea)`;
  return [
    functionText(named, key, roles),
    `revoke all on function ${signature} from public`,
    `grant execute on function ${signature} to ${roles.worker}`,
    // Row-level security binds the owner as well, who is let in for the time of the function.
    `drop policy if exists ${table}_reseal on ${table}`,
    `create policy ${table}_reseal on ${table} to ${roles.owner}
       using (current_setting('${setting}', true) = '${table}')`,
    `revoke update (${column}) on ${table} from ${roles.worker}`,
  ];
};

/** The columns of a table's primary key, with their types. */
export const keyParts = `select attname as name, format_type(atttypid, atttypmod) as type from pg_index
  join pg_attribute on attrelid = indrelid and attnum = any(indkey)
  where indrelid = $1::regclass and indisprimary order by array_position(indkey::int2[], attnum)`;

const isThere = async (client: Client, named: ColumnName): Promise<boolean> => {
  const { rows } = await client.query<{ there: boolean }>('select to_regproc($1) is not null as there', [
    resealFunction(named),
  ]);
  return rows[0]?.there === true;
};

/**
 * Makes, as the owner, what workers seal columns anew with: of history, which nobody changes, a function replaces the bytes of one
 * value, and nothing else can. Done once for each column.
 */
export const prepareToReseal = async (
  client: Client,
  columns: readonly ColumnName[],
  roles: ServiceRoles,
): Promise<void> => {
  for (const named of columns) {
    if (await isThere(client, named)) continue;
    const { rows } = await client.query<KeyPart>(keyParts, [named.table]);
    for (const statement of statements(named, rows, roles)) await client.query(statement);
  }
};
