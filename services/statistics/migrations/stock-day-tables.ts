import type { ServiceRoles } from '#libs/platform/database/tables.ts';
import { MEASURES } from '../stock/attributes.ts';
import { inOwnBlock, readWhere } from './timeliness-tables.ts';

const cell = `place bigint not null, width bigint not null, stage text collate "C" not null,
  gender text collate "C" not null, entry_year_adj int not null, last_grade int not null, frozen_at timestamptz not null,
  ${MEASURES.map(({ column }) => `${column} int not null`).join(', ')}`;
const kind = 'stage, gender, entry_year_adj, last_grade, frozen_at';

/**
 * Changes of the cells by day, the cells at the end of each month, and the days that each source has told of. What each
 * source told of a person day by day stands with the person, so the projection begins anew.
 */
export const stockDayTables = (roles: ServiceRoles): string[] => [
  `truncate pupil, stock_cell`,
  `delete from inbox_checkpoint where consumer = 'stock'`,
  `delete from inbox_parked where consumer = 'stock'`,
  `alter table pupil drop column told_gender, drop column told_document_type, drop column told_living,
     add column registered jsonb not null, add column told jsonb not null`,
  `create table stock_day (day date not null, ${cell}, primary key (width, day, place, ${kind}))`,
  `create table stock_month (month date not null, ${cell}, primary key (month, width, place, ${kind}))`,
  `create table stock_heard (source text primary key, first date not null, last date not null)`,
  ...['stock_day', 'stock_month'].flatMap((table) => readWhere(inOwnBlock, table, roles)),
  `revoke insert, update, delete on stock_heard from ${roles.app}`,
];
