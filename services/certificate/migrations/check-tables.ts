import type { ServiceRoles } from '#libs/platform/database/tables.ts';
import { countTable } from '#libs/platform/limits/windows.ts';

/**
 * How often was asked, by the hash of an address or a number and by window of time. It may be lost with the power: then
 * counting begins anew.
 */
export const checkTables = (roles: ServiceRoles): string[] => countTable('certificate_check_count', roles);

/** How many checks were answered on a day, how and where; and by what a list of revocations is found and known again. */
export const checkTotals = ({ app }: ServiceRoles): string[] => [
  `create table certificate_check_total (
    day date not null, way text not null, state text not null, province text not null, slot int not null,
    checks bigint not null, primary key (day, way, state, province, slot))`,
  `revoke all on certificate_check_total from ${app}`,
  `create index certificate_revoked on certificate (person_id, certificate_id) where revoked_on is not null and electronic`,
];
