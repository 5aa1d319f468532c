import { enforces } from '#libs/law/enforces.ts';
import type { ServiceRoles } from '#libs/platform/database/tables.ts';

/** What was published of a month, for everybody: written once, and never again. */
export const publicationTables = ({ app, worker }: ServiceRoles): string[] => {
  enforces('STA-08');
  return [
    `create table published_month (
      month date primary key, as_of timestamptz not null, published_at timestamptz not null, digest text not null)`,
    `create table published_table (
      month date not null, name text not null, scope text not null, rows jsonb not null, digest text not null,
      primary key (month, name, scope))`,
    `create table publication_turn (id int primary key)`,
    `insert into publication_turn values (1)`,
    `revoke all on publication_turn from ${app}`,
    `revoke insert, update, delete on published_month, published_table from ${app}`,
    `revoke update, delete on published_month, published_table from ${worker}`,
  ];
};
