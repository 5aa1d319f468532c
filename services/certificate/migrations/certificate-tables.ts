import { type ServiceRoles, securedByPlace, securedForWorkers } from '#libs/platform/database/tables.ts';

/**
 * Certificates by person. A number is taken for ever by its row in `certificate_number` (CRT-13); of each kind a student has one
 * certificate for the same studies that stands (CRT-10), and a certificate of schooling for each lost one.
 */
const tables = [
  `create table certificate (
    person_id uuid not null, certificate_id uuid not null, enrollment_id uuid not null, kind text not null,
    stage text not null, number text not null, issuer_kind text not null, issuer text not null,
    school text not null, place bigint not null, province text not null, issued_on date not null,
    sealing_authority text, seal_due_on date, seal_provisional boolean, seal_late_on date, drafted_by text,
    sealed_on date, sealed_by text, original_number text, copies int not null default 0,
    revoked_on date, revocation_reason text, content bytea not null,
    version int not null, events int not null,
    primary key (person_id, certificate_id),
    constraint certificate_seal check ((sealed_on is null) = (sealed_by is null)),
    constraint certificate_revoked check ((revoked_on is null) = (revocation_reason is null)),
    constraint certificate_sealing check ((sealing_authority is null) = (kind <> 'SCHOOLING')),
    constraint certificate_original check ((original_number is null) = (kind <> 'SCHOOLING')))`,
  `create unique index certificate_once on certificate (person_id, enrollment_id, kind) where revoked_on is null`,
  `create index certificate_to_seal on certificate (sealing_authority, seal_due_on, person_id)
     where kind = 'SCHOOLING' and sealed_on is null and revoked_on is null`,
  `create index certificate_school on certificate (school, person_id)`,
  `create index certificate_place on certificate (place, person_id)`,
  `create table certificate_number (
    number text primary key, person_id uuid not null, certificate_id uuid not null, taken_at timestamptz not null)`,
  `create table certificate_serial (
    issuer text not null, kind text not null, year int not null, last int not null,
    primary key (issuer, kind, year), constraint certificate_serial_last check (last > 0))`,
  `create table certificate_code (
    hash bytea primary key, person_id uuid not null, certificate_id uuid not null)`,
];

/** Tables that find a certificate again, or keep numbers apart: no request reads them. */
const claims = ['certificate_number', 'certificate_serial', 'certificate_code'];

export const certificateTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...securedByPlace('certificate', roles),
  ...claims.flatMap((table) => securedForWorkers(table, roles)),
  `revoke insert, update, delete on certificate from ${roles.app}`,
  `grant update (sealed_on, sealed_by, revoked_on, revocation_reason, copies, version, events) on certificate to ${roles.app}`,
  `revoke delete on certificate from ${roles.worker}`,
  `revoke update, delete on certificate_number from ${roles.worker}`,
  `revoke delete on certificate_serial from ${roles.worker}`,
];
