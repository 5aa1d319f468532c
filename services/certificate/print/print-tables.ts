import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * The register of prints: which paper was printed when, how often, by whom. Why once more, and how characters look that no type
 * has, is sealed in `notes`. Nothing in it is altered.
 */
export const printTables = (roles: ServiceRoles): string[] => [
  `create table certificate_print (
    person_id uuid not null, print_id uuid not null, certificate_id uuid not null, place bigint not null,
    number int not null, notes bytea not null, printed_by text not null, unit text not null, printed_at timestamptz not null,
    primary key (person_id, print_id), unique (person_id, certificate_id, number))`,
  `create index certificate_print_id on certificate_print (print_id)`,
  ...securedByPlace('certificate_print', roles),
  `revoke update, delete on certificate_print from ${roles.app}`,
  `revoke delete on certificate_print from ${roles.worker}`,
];
