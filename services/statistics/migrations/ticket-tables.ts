import { type ServiceRoles, securedForWorkers } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere, within } from './timeliness-tables.ts';

const tables = [
  `create table ticket_due (
    ticket_id uuid primary key, kind text not null, unit text not null, place bigint not null, clock text, due_on date,
    provisional boolean not null, missed_on date)`,
  `create table ticket_cell (
    place bigint not null, width bigint not null, measure text collate "C" not null, day date not null, n int not null,
    primary key (place, width, measure, day))`,
  `create index ticket_cell_single on ticket_cell (place, day) where width = 1`,
  `create table ticket_unit (place bigint primary key, unit text not null)`,
  `create table ticket_turn (id int primary key)`,
  `insert into ticket_turn values (1)`,
];

/** Counts of complaints and slips, rebuilt from the events. A request reads counts of its own range, and no ticket at all. */
export const ticketTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...readWhere(inOwnBlock, 'ticket_cell', roles),
  ...readWhere(within('place'), 'ticket_unit', roles),
  ...securedForWorkers('ticket_due', roles),
  `revoke all on ticket_turn from ${roles.app}`,
];
