import type { ServiceRoles } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere, within } from './timeliness-tables.ts';

/** Counts of accounts by week, rebuilt from the events. A request reads those of its own range. */
export const accountTables = (roles: ServiceRoles): string[] => [
  `create table account_cell (
    place bigint not null, width bigint not null, measure text collate "C" not null, day date not null, n int not null,
    primary key (place, width, measure, day))`,
  `create index account_cell_single on account_cell (place, day) where width = 1`,
  `create table account_unit (place bigint primary key, unit text not null)`,
  `create table account_turn (id int primary key)`,
  `insert into account_turn values (1)`,
  ...readWhere(inOwnBlock, 'account_cell', roles),
  ...readWhere(within('place'), 'account_unit', roles),
  `revoke all on account_turn from ${roles.app}`,
];
