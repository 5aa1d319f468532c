import { appendOnlyFor, type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/** Electronic forms, each kept as it was signed (CRT-09), and what provinces have planned. */
const tables = [
  `create table electronic_certificate (
    person_id uuid not null, certificate_id uuid not null, form int not null, school text not null,
    place bigint not null, issued_at timestamptz not null, kid text not null, digest text not null,
    document bytea not null, primary key (person_id, certificate_id, form))`,
  `create index electronic_certificate_of on electronic_certificate (certificate_id, form)`,
  `create index electronic_certificate_school on electronic_certificate (school)`,
  `create table electronic_plan (
    province text not null, stage text not null, starts_on date, set_by text not null, version int not null,
    primary key (province, stage))`,
  `alter table certificate add column electronic boolean not null default false`,
  `create index certificate_to_sign on certificate (province, stage, issued_on)
     where not electronic and kind <> 'SCHOOLING' and revoked_on is null`,
];

export const electronicTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...securedByPlace('electronic_certificate', roles),
  ...appendOnlyFor('electronic_certificate', roles),
  `grant update (place) on electronic_certificate to ${roles.worker}`,
  `revoke insert on electronic_certificate from ${roles.app}`,
  `revoke insert, update, delete on electronic_plan from ${roles.app}`,
];
