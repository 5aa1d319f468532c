import { type ServiceRoles, securedForWorkers } from '#libs/platform/database/tables.ts';

/** What the stand-in for the archive has been told of a pupil; nothing of anybody whom nothing was told about. */
export const archiveStandInTables = (roles: ServiceRoles): string[] => [
  `create table archive_stand_in (
    person_id uuid primary key, version int not null, under_discipline boolean not null, backed_up boolean not null)`,
  ...securedForWorkers('archive_stand_in', roles),
];
