import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import type { ServiceRoles } from './tables.ts';

/** Connection addresses of one service's three roles. */
export type ServiceDatabase = { owner: string; app: string; worker: string; roles: ServiceRoles };

export type ProvisionOptions = {
  /** Address of an administrator of the server. */
  adminUrl: string;
  /** Database to make or reuse. */
  database: string;
  services: readonly string[];
  /** Secret from which the roles' passwords are derived; the same one every time for one server. */
  secret: string;
};

const schemaOf = (service: string): string => service.replaceAll('-', '_');

export const rolesOf = (service: string): ServiceRoles => {
  const schema = schemaOf(service);
  const base = `xueji_${schema}`;
  return { schema, owner: `${base}_owner`, app: `${base}_app`, worker: `${base}_worker` };
};

const passwordOf = (secret: string, role: string): string =>
  createHmac('sha256', secret).update(role).digest('base64url');

const urlFor = (adminUrl: string, database: string, role: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = password;
  url.pathname = `/${database}`;
  return url.toString();
};

/** Work on one connection. */
export const inDatabase = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Addresses of a database that was provisioned before. */
export const databaseOf = (options: ProvisionOptions, service: string): ServiceDatabase => {
  const roles = rolesOf(service);
  const address = (role: string) =>
    urlFor(options.adminUrl, options.database, role, passwordOf(options.secret, role));
  return { owner: address(roles.owner), app: address(roles.app), worker: address(roles.worker), roles };
};

const makeRoles = async (client: Client, service: string, secret: string): Promise<void> => {
  const { schema, owner, app, worker } = rolesOf(service);
  for (const role of [owner, app, worker]) {
    const password = passwordOf(secret, role);
    const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (known.rowCount === 0)
      await client.query(`create role ${role} login nosuperuser nobypassrls noinherit`);
    await client.query(`alter role ${role} password '${password}'`);
    await client.query(`alter role ${role} set search_path = ${schema}`);
  }
};

const makeSchema = async (client: Client, service: string): Promise<void> => {
  const { schema, owner, app, worker } = rolesOf(service);
  await client.query(`grant ${owner} to current_user with inherit true`);
  await client.query(`create schema if not exists ${schema} authorization ${owner}`);
  await client.query(`grant usage on schema ${schema} to ${app}, ${worker}`);
  const byDefault = `alter default privileges for role ${owner} in schema ${schema}`;
  await client.query(`${byDefault} grant select, insert, update on tables to ${app}`);
  await client.query(`${byDefault} grant select, insert, update, delete on tables to ${worker}`);
};

/**
 * Makes the database, one schema and three roles for each service; safe to repeat. The roles are neither owners
 * of what they read nor superusers, so row-level security binds them; a request deletes nothing anywhere.
 */
export const provision = async (options: ProvisionOptions): Promise<Map<string, ServiceDatabase>> => {
  const admin = new URL(options.adminUrl);
  await inDatabase(options.adminUrl, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('xueji provision'))`);
    const known = await client.query('select 1 from pg_database where datname = $1', [options.database]);
    if (known.rowCount === 0) await client.query(`create database "${options.database}"`);
    for (const service of options.services) await makeRoles(client, service, options.secret);
  });
  admin.pathname = `/${options.database}`;
  await inDatabase(admin.toString(), async (client) => {
    for (const service of options.services) await makeSchema(client, service);
  });
  return new Map(options.services.map((service) => [service, databaseOf(options, service)]));
};
