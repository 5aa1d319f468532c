import type { ServiceRoles } from '#libs/platform/database/tables.ts';

/**
 * How often was asked, by the hash of an address or a number and by window of time. It may be lost with the power: then
 * counting begins anew.
 */
export const checkTables = ({ app }: ServiceRoles): string[] => [
  `create unlogged table certificate_check_count (
    key bytea primary key, ends_at timestamptz not null, asked int not null)`,
  `create index certificate_check_count_ends on certificate_check_count (ends_at)`,
  `revoke all on certificate_check_count from ${app}`,
];
