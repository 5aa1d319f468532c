import type { ServiceRoles } from '#libs/platform/database/tables.ts';

/** What an outcome was taken back for, and why an order failed and how often it was tried, is kept. */
export const issueSets = ({ app, worker }: ServiceRoles): string[] => [
  `alter table outcome add column order_id uuid, add column taken_back_by text, add column taken_back_at timestamptz,
     add column taken_back_reason text`,
  `grant update (order_id, taken_back_by, taken_back_at, taken_back_reason) on outcome to ${app}, ${worker}`,
  `drop index outcome_to_issue`,
  `create index outcome_to_issue on outcome (issuer, batch_id) where state = 'REVIEWED' and order_id is null`,
  `create index outcome_of_order on outcome (order_id, person_id, outcome_id) where state = 'REVIEWED'`,
  `alter table issue_order add column attempts int not null default 0, add column failure text, drop column after_person,
     drop column after_outcome`,
];
