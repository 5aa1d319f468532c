import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';
import { countTable } from '#libs/platform/limits/windows.ts';

/** How often was asked, by keyed hashes. */
export const enquiryCounts = 'number_enquiry_count';

/**
 * The log of enquiries for student numbers: `place` is that of the call centre's own unit; `student_id` stands where the
 * number was told, and nowhere else. What was said is sealed. Nothing of it is altered.
 */
const enquiryTables = (roles: ServiceRoles): string[] => [
  `create table number_enquiry (
    enquiry_id uuid primary key, unit text not null, place bigint not null, province text not null, at timestamptz not null,
    by_subject text not null, channel text not null, asks text not null, outcome text not null, student_id uuid,
    sealed bytea not null,
    constraint number_enquiry_told check ((outcome = 'TOLD') = (student_id is not null)))`,
  `create index number_enquiry_unit on number_enquiry (unit, at desc, enquiry_id desc)`,
  ...securedByPlace('number_enquiry', roles, false),
  `revoke insert, update, delete on number_enquiry from ${roles.app}`,
  `revoke update, delete on number_enquiry from ${roles.worker}`,
  ...countTable(enquiryCounts, roles),
];

export const enquiryStep: SchemaStep = {
  name: '010-number-enquiries',
  statements: (roles) => {
    enforces('PRV-12', 'ID-29');
    return enquiryTables(roles);
  },
};
