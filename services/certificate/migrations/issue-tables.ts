import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/** Orders to issue, which workers carry out chunk by chunk, and those whom an order left out. */
const tables = [
  `create table issue_order (
    order_id uuid primary key, issuer text not null, place bigint not null, province text not null, batch_id uuid,
    state text not null, handler text not null, prepared_by text not null, prepared_at timestamptz not null,
    responsible text, decided_by text, decided_at timestamptz, total int not null, issued int not null default 0,
    skipped int not null default 0, after_person uuid, after_outcome uuid, lease uuid, lease_until timestamptz,
    finished_at timestamptz, version int not null, events int not null)`,
  `create index issue_order_waiting on issue_order (prepared_at, order_id) where state = 'RUNNING'`,
  `create index issue_order_place on issue_order (place, prepared_at, order_id)`,
  `create table issue_skip (
    person_id uuid not null, order_id uuid not null, outcome_id uuid not null, place bigint not null,
    findings jsonb not null, primary key (person_id, order_id, outcome_id))`,
  `create index issue_skip_order on issue_skip (order_id, person_id)`,
];

export const issueTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...securedByPlace('issue_order', roles, false),
  ...securedByPlace('issue_skip', roles),
  `revoke delete on issue_order from ${roles.app}, ${roles.worker}`,
  `revoke insert, update, delete on issue_skip from ${roles.app}`,
];
