import { type ServiceRoles, securedForWorkers } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere } from './timeliness-tables.ts';

const cell = `place bigint not null, width bigint not null, measure text collate "C" not null, day date not null,
  n int not null, primary key (place, width, measure, day)`;

const tables = [
  `create table problem_cell (${cell})`,
  `create table problem_turn (id int primary key)`,
  `insert into problem_turn values (1)`,
  `create table monitor_cell (${cell})`,
  `create index account_cell_day on account_cell (day)`,
  `create table seat_held (transfer_id uuid primary key, place bigint not null)`,
  `create table monitor_turn (id int primary key, last_day date)`,
  `insert into monitor_turn values (1, null)`,
  `create table monitor_last (
    place bigint not null, width bigint not null, name text collate "C" not null, n bigint not null,
    primary key (place, width, name))`,
  `create table monitor_day (
    place bigint not null, width bigint not null, name text collate "C" not null, day date not null, n bigint not null,
    primary key (place, width, name, day))`,
];

/** Monitored quantities: cells rebuilt from the events, and what was kept of them day by day. Requests read those of the own range. */
export const monitorTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...['problem_cell', 'monitor_cell', 'monitor_day'].flatMap((table) => readWhere(inOwnBlock, table, roles)),
  ...['seat_held', 'monitor_last'].flatMap((table) => securedForWorkers(table, roles)),
  `revoke all on problem_turn, monitor_turn from ${roles.app}`,
  `truncate problem_standing`,
];
