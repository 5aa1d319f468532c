import { enforces } from '#libs/law/enforces.ts';
import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/** Tables that units took out, by place of the unit: as they were, and never altered; only how often each was fetched is written. */
export const exportTables = (roles: ServiceRoles): string[] => {
  enforces('PRV-12');
  return [
    `create table statistics_export (
      export_id uuid primary key, unit text not null, place bigint not null, kind text not null, format text not null,
      leaves boolean not null, purpose text not null, content jsonb not null, digest text not null,
      requested_by text not null, prepared_at timestamptz not null, deliveries int not null default 0,
      check (kind in ('ENROLLMENT', 'PUBLISHED', 'JOB')), check (format in ('CSV', 'XLSX')))`,
    ...securedByPlace('statistics_export', roles, false),
    `revoke insert, update, delete on statistics_export from ${roles.app}`,
    `revoke update, delete on statistics_export from ${roles.worker}`,
    `grant update (deliveries) on statistics_export to ${roles.worker}`,
  ];
};

/** Flows, class sizes and dropouts are taken out as well. */
export const moreExportKinds = (): string[] => [
  `alter table statistics_export drop constraint statistics_export_kind_check`,
  `alter table statistics_export add constraint statistics_export_kind_check
   check (kind in ('ENROLLMENT', 'PUBLISHED', 'JOB', 'FLOWS', 'CLASSES', 'DROPOUTS'))`,
];
