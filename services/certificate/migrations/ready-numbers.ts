import type { ServiceRoles } from '#libs/platform/database/tables.ts';

/**
 * In which order outcomes became ready for a certificate: an order is about what was ready when it was approved, in one number, however
 * many that are, and keeps how far it came in another.
 */
export const readyNumbers = ({ app, worker }: ServiceRoles): string[] => [
  `drop index outcome_to_issue`,
  `drop index outcome_of_order`,
  `create sequence outcome_ready cache 1`,
  `grant usage, select on sequence outcome_ready to ${app}, ${worker}`,
  `alter table outcome drop column order_id, add column ready bigint not null default nextval('outcome_ready')`,
  `grant update (ready) on outcome to ${app}, ${worker}`,
  `create index outcome_to_issue on outcome (issuer, ready) where state = 'REVIEWED'`,
  `alter table issue_order add column upto bigint not null default 0, add column after bigint not null default 0`,
];
