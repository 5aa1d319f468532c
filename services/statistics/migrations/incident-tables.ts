import { type ServiceRoles, securedByPlace, securedForWorkers } from '#libs/platform/database/tables.ts';

/**
 * What a recount found to be otherwise than it is kept, and how far the recount of a night has come. An incident is settled by
 * a later recount that finds it no more, and never deleted.
 */
export const incidentTables = (roles: ServiceRoles): string[] => [
  `create table count_incident (
    incident_id uuid primary key, kind text not null, subject text not null, cause text not null, place bigint not null,
    width bigint, person_id uuid, kept jsonb not null, counted jsonb not null, found_at timestamptz not null,
    seen_at timestamptz not null, settled_at timestamptz)`,
  `create unique index count_incident_open on count_incident (kind, subject) where settled_at is null`,
  `create index count_incident_place on count_incident (place, incident_id)`,
  `create table recount_run (
    day date primary key, phase text not null, after uuid, persons int not null, found int not null,
    finished_at timestamptz)`,
  ...securedByPlace('count_incident', roles, false),
  `revoke insert, update, delete on count_incident from ${roles.app}`,
  `revoke delete on count_incident from ${roles.worker}`,
  ...securedForWorkers('recount_run', roles),
];
