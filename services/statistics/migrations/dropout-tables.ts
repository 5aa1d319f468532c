import type { ServiceRoles } from '#libs/platform/database/tables.ts';
import { inOwnBlock, readWhere } from './timeliness-tables.ts';

/** Steps of the dropout ledger by day, rebuilt from the events. A request reads counts of its own range. */
export const dropoutTables = (roles: ServiceRoles): string[] => [
  `create table dropout_cell (
    place bigint not null, width bigint not null, measure text collate "C" not null, day date not null, n int not null,
    primary key (place, width, measure, day))`,
  `create table dropout_turn (id int primary key)`,
  `insert into dropout_turn values (1)`,
  ...readWhere(inOwnBlock, 'dropout_cell', roles),
  `revoke all on dropout_turn from ${roles.app}`,
];
