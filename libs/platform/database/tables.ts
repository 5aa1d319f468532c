/** SQL that every service's first migration starts with, and the forms of row-level security. */

/** Roles of a service: the owner makes tables, `app` answers requests, `worker` runs relays and consumers. */
export type ServiceRoles = { schema: string; owner: string; app: string; worker: string };

const setScopeFunction = `
create function set_scope(lo bigint, hi bigint, persons text) returns void language plpgsql as $$
begin
  execute format('set local xueji.lo = %L', lo::text);
  execute format('set local xueji.hi = %L', hi::text);
  execute format('set local xueji.persons = %L', persons);
end $$`;

const eventTables = [
  `create table outbox (
    aggregate_id text not null, version int not null, type text not null, event jsonb not null,
    recorded_at timestamptz not null, primary key (aggregate_id, version)
  ) with (autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_scale_factor = 0)`,
  `create index outbox_order on outbox (recorded_at, aggregate_id, version)`,
  `create table event_log (
    seq bigint primary key, aggregate_id text not null, version int not null, type text not null,
    event jsonb not null, unique (aggregate_id, version))`,
  `create table event_counter (id int primary key, seq bigint not null, epoch uuid not null)`,
  `create table event_published (id int primary key, seq bigint not null)`,
  `create table inbox_checkpoint (
    consumer text not null, source text not null, seq bigint not null, epoch uuid,
    primary key (consumer, source))`,
  `create table inbox_parked (
    consumer text not null, source text not null, seq bigint not null, aggregate_id text not null,
    event jsonb not null, reason text not null, parked_at timestamptz not null,
    primary key (consumer, source, seq))`,
  `create index inbox_parked_aggregate on inbox_parked (consumer, source, aggregate_id)`,
];

const requestTables = [
  `create table idempotency (
    caller text not null, key text not null, request_hash bytea not null, answer jsonb not null,
    recorded_at timestamptz not null, primary key (caller, key))`,
  `create table read_audit (
    id uuid primary key, caller text not null, unit text, operation text not null, purpose text,
    persons uuid[] not null, full_values boolean not null, at timestamptz not null, seal bigint)`,
  `create index read_audit_unsealed on read_audit (id) where seal is null`,
  `create index read_audit_seal on read_audit (seal, id)`,
  `create table audit_seal (
    seq bigint primary key, lines int not null, root bytea not null, previous bytea not null,
    sealed_at timestamptz not null, hash bytea not null)`,
  `create table audit_head (id int primary key)`,
];

/** Tables to which a request adds rows that it never sees again. */
const writeOnly = ['outbox', 'read_audit'];
/** Tables that only workers touch. */
const workersOnly = [
  'event_log',
  'event_counter',
  'event_published',
  'inbox_checkpoint',
  'inbox_parked',
  'audit_seal',
  'audit_head',
];

/** What every service's database starts with: scope function, events, idempotency, audit. */
export const platformTables = (roles: ServiceRoles): string[] => [
  setScopeFunction,
  ...eventTables,
  ...requestTables,
  `insert into event_counter values (1, 0, gen_random_uuid())`,
  `insert into event_published values (1, 0)`,
  `insert into audit_head values (1)`,
  `revoke update, delete on read_audit, audit_seal from ${roles.worker}`,
  `grant update (seal) on read_audit to ${roles.worker}`,
  ...writeOnly.map((table) => `revoke select, update, delete on ${table} from ${roles.app}`),
  `revoke update, delete on idempotency from ${roles.app}`,
  `grant update (answer) on idempotency to ${roles.app}`,
  ...workersOnly.map((table) => `revoke all on ${table} from ${roles.app}`),
];

const setting = (name: 'lo' | 'hi'): string => `nullif(current_setting('xueji.${name}', true), '')::bigint`;
const inRange = `place between ${setting('lo')} and ${setting('hi')}`;
const inList = `person_id = any(nullif(current_setting('xueji.persons', true), '')::uuid[])`;

/** Row-level security that binds the owner of the table as well, and lets workers in. */
const secured = (table: string, roles: ServiceRoles): string[] => [
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy ${table}_work on ${table} to ${roles.worker} using (true) with check (true)`,
];

/**
 * Row-level security of a table by person with one owner: visible and changeable in the range of the tree that the
 * caller manages, and visible to a caller whose short list names the person. Nobody moves a row out of the own range.
 */
export const securedByPlace = (table: string, roles: ServiceRoles, listed = true): string[] => [
  ...secured(table, roles),
  `create policy ${table}_scope on ${table} to ${roles.app} using (${inRange}) with check (${inRange})`,
  ...(listed
    ? [`create policy ${table}_listed on ${table} for select to ${roles.app} using (${inList})`]
    : []),
];

/**
 * Row-level security of a table by person that stands in no place: read by a caller whose short list names the person, after
 * it was found elsewhere that the caller sees that person; written by workers alone.
 */
export const securedByList = (table: string, roles: ServiceRoles): string[] => [
  ...secured(table, roles),
  `create policy ${table}_listed on ${table} for select to ${roles.app} using (${inList})`,
  `revoke insert, update, delete on ${table} from ${roles.app}`,
];

const inEitherRange = `(source_place between ${setting('lo')} and ${setting('hi')})
  or (target_place between ${setting('lo')} and ${setting('hi')})`;

/**
 * Row-level security of a table about what goes on between two places: visible and changeable in the range of the tree of
 * either side, and visible to a caller whose short list names the person. Who a row is between is fixed by the columns
 * that may be changed.
 */
export const securedByTwoPlaces = (table: string, roles: ServiceRoles): string[] => [
  ...secured(table, roles),
  `create policy ${table}_scope on ${table} to ${roles.app} using (${inEitherRange}) with check (${inEitherRange})`,
  `create policy ${table}_listed on ${table} for select to ${roles.app} using (${inList})`,
];

/**
 * Row-level security of what only those may know who take part themselves, and nobody above them: visible to the unit or school
 * whose own place (the beginning of its range) either column holds, and to a caller whose short list names the person; written by
 * workers alone.
 */
export const securedByOwnPlaces = (table: string, roles: ServiceRoles): string[] => [
  ...secured(table, roles),
  `create policy ${table}_own on ${table} for select to ${roles.app}
     using (source_place = ${setting('lo')} or target_place = ${setting('lo')})`,
  `create policy ${table}_listed on ${table} for select to ${roles.app} using (${inList})`,
  `revoke insert, update on ${table} from ${roles.app}`,
];

/**
 * A third party to what goes on between two places, in the same form: visible and changeable as well in the range of the
 * tree that holds the place of a column (null: there is none).
 */
export const sharedWithPlace = (table: string, { app }: ServiceRoles, column: string): string[] => {
  const inColumn = `${column} between ${setting('lo')} and ${setting('hi')}`;
  return [
    `create policy ${table}_shared_${column} on ${table} to ${app} using (${inColumn}) with check (${inColumn})`,
  ];
};

/** Rows are read, and never written, in the range of the tree that holds the place of a column (null: there is none). */
export const readInPlace = (table: string, { app }: ServiceRoles, column: string): string[] => [
  `create policy ${table}_${column} on ${table} for select to ${app}
     using (${column} between ${setting('lo')} and ${setting('hi')})`,
];

/**
 * The other side of a table by place: rows are read, and never written, in the range of the tree in which somebody lies
 * who was told of them (`told_place`; null: nobody was).
 */
export const readWhereTold = (table: string, { app }: ServiceRoles): string[] => [
  `create policy ${table}_told on ${table} for select to ${app}
     using (told_place between ${setting('lo')} and ${setting('hi')})`,
];

/**
 * Row-level security of a table whose rows belong to a range of the tree instead of a place (a province's list): for
 * the unit itself, those above it and those within it that take part.
 */
export const securedByRange = (
  table: string,
  roles: ServiceRoles,
  { lo, hi }: { lo: string; hi: string },
): string[] => {
  const overlaps = `${lo} <= ${setting('hi')} and ${hi} >= ${setting('lo')}`;
  return [
    ...secured(table, roles),
    `create policy ${table}_scope on ${table} to ${roles.app} using (${overlaps}) with check (${overlaps})`,
  ];
};

/** A table about persons that no request reads or writes: its workers alone do. */
export const securedForWorkers = (table: string, roles: ServiceRoles): string[] => [
  ...secured(table, roles),
  `revoke all on ${table} from ${roles.app}`,
];

/** A table that requests may read but never change in the past: history (ID-32). */
export const appendOnlyFor = (table: string, roles: ServiceRoles, mutable: string[] = []): string[] => [
  `revoke update, delete on ${table} from ${roles.app}, ${roles.worker}`,
  ...(mutable.length > 0
    ? [`grant update (${mutable.join(', ')}) on ${table} to ${roles.app}, ${roles.worker}`]
    : []),
];
