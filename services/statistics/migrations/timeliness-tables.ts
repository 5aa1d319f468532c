import type { ServiceRoles } from '#libs/platform/database/tables.ts';

const setting = (name: string) => `nullif(current_setting('xueji.${name}', true), '')::bigint`;
/** A condition on rows whose place lies in the range of the request. */
export const within = (column: string) => `${column} between ${setting('lo')} and ${setting('hi')}`;

const stepColumns = `transfer_id uuid not null, party text not null, version int not null, unit text not null,
  place bigint not null, source_place bigint not null, target_place bigint not null, report_due_on date not null`;
const cellColumns = `place bigint not null, width bigint not null, measure text collate "C" not null, day date not null,
  n int not null`;

const tables = [
  `create table timeliness_step (
    ${stepColumns}, turn int, opened_at timestamptz not null, provisional boolean not null, late_since date,
    settled_at timestamptz, primary key (transfer_id, version, party))`,
  `create index timeliness_step_overdue on timeliness_step (report_due_on, transfer_id, party)
     where late_since is not null and settled_at is null`,
  `create index timeliness_step_place on timeliness_step (place, report_due_on, transfer_id, party)
     where late_since is not null and settled_at is null`,
  `create table timeliness_cell (${cellColumns}, primary key (place, width, measure, day))`,
  `create index timeliness_cell_school on timeliness_cell (place, day) where width = 1`,
  `create table timeliness_unit (place bigint primary key, unit text not null)`,
  `create table timeliness_turn (id int primary key)`,
  `insert into timeliness_turn values (1)`,
  `create table issued_report (month date primary key, issued_at timestamptz not null, digest text not null)`,
  `create table issued_cell (month date not null, ${cellColumns}, primary key (place, width, month, measure, day))`,
  `create index issued_cell_school on issued_cell (month, place) where width = 1`,
  `create table issued_step (month date not null, ${stepColumns}, primary key (month, transfer_id, version, party))`,
  `create index issued_step_order on issued_step (month, report_due_on, transfer_id, party)`,
];

/** A condition on counts of blocks that lie in the range of the request. */
export const inOwnBlock = `place >= ${setting('lo')} and place + width - 1 <= ${setting('hi')}`;
/** A step is named to who sees its unit and its case: the unit in the own range, and one of the two schools as well. */
const inOwnCase = `${within('place')} and (${within('source_place')} or ${within('target_place')})`;

/** Read by whose range it lies in, and written by the worker alone. */
export const readWhere = (condition: string, table: string, { app, worker }: ServiceRoles): string[] => [
  `revoke insert, update, delete on ${table} from ${app}`,
  `alter table ${table} enable row level security`,
  `alter table ${table} force row level security`,
  `create policy ${table}_scope on ${table} for select to ${app} using (${condition})`,
  `create policy ${table}_work on ${table} to ${worker} using (true) with check (true)`,
];

/** Tables of the report: as it runs (rebuilt from the events), and as it was issued (never changed). */
export const timelinessTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...['timeliness_cell', 'issued_cell'].flatMap((table) => readWhere(inOwnBlock, table, roles)),
  ...['timeliness_step', 'issued_step'].flatMap((table) => readWhere(inOwnCase, table, roles)),
  ...readWhere(within('place'), 'timeliness_unit', roles),
  `revoke all on timeliness_turn from ${roles.app}`,
  `revoke insert, update, delete on issued_report from ${roles.app}`,
  `revoke update, delete on issued_report, issued_cell, issued_step from ${roles.worker}`,
];

/** Units of which it could not be told at the end of a month whether they were late, and the way to those of today. */
export const untoldTables = (roles: ServiceRoles): string[] => [
  `create table issued_untold (month date not null, place bigint not null, unit text not null, steps int not null,
    since date not null, primary key (month, place))`,
  `create index timeliness_step_untold on timeliness_step (place)
     where provisional and late_since is null and settled_at is null`,
  ...readWhere(within('place'), 'issued_untold', roles),
  `revoke update, delete on issued_untold from ${roles.worker}`,
];

/** The ways to units that a report names, and to steps that were late at the end of a month. */
export const namedUnitIndexes = (): string[] => [
  `create index timeliness_cell_late on timeliness_cell (day, place) where width = 1 and measure = 'BECAME_OVERDUE'`,
  `create index timeliness_cell_overdue on timeliness_cell (place, day) where width = 1 and measure = 'OVERDUE'`,
  `create index issued_cell_named on issued_cell (month, place)
     where width = 1 and measure in ('BECAME_OVERDUE', 'OVERDUE')`,
  `create index timeliness_step_late on timeliness_step (late_since) where late_since is not null`,
];
