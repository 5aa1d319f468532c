import { appendOnlyFor, type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/** Proofs of graduations of which the register has no certificate, by the certificate of schooling that rests on them (CRT-11). */
export const proofTables = (roles: ServiceRoles): string[] => [
  `alter table certificate add column before_register boolean not null default false`,
  `create table certificate_proof (
    person_id uuid not null, certificate_id uuid not null, school text not null, place bigint not null, upload_id uuid not null,
    file_id uuid not null, kind text not null, media_type text not null, size bigint not null, added_by text not null,
    added_at timestamptz not null, primary key (person_id, certificate_id, upload_id))`,
  `create index certificate_proof_school on certificate_proof (school)`,
  ...securedByPlace('certificate_proof', roles),
  ...appendOnlyFor('certificate_proof', roles),
  `grant update (place) on certificate_proof to ${roles.worker}`,
  `revoke insert on certificate_proof from ${roles.app}`,
];
