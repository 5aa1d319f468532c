import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/** Reference: what each unit has published for complaints (TKT-02). Public, and a row for ever. */
export const contactSteps: readonly SchemaStep[] = [
  {
    name: '011-complaint-contacts',
    statements: ({ app, worker }) => [
      `create table complaint_contact (
        unit text primary key, contacts jsonb not null, version int not null,
        foreign key (unit) references org_unit (code) on update no action)`,
      `revoke delete on complaint_contact from ${app}, ${worker}`,
    ],
  },
];
