import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/** Facts of schools and places by which transfers are judged (TRF-15, TRF-16, TRF-25). */
export const placeFactSteps: readonly SchemaStep[] = [
  {
    name: '008-facts-for-transfers',
    statements: ({ app, worker }) => [
      `alter table school add column admission_areas jsonb not null default '[]', add column competent_authority text,
         add foreign key (competent_authority) references org_unit (code) on update no action,
         add constraint school_competence check (competent_authority is null or competent_authority <> authority)`,
      `create table exam_registration (
        region text, school_year int, ends_on date not null, version int not null, primary key (region, school_year),
        foreign key (region) references org_unit (code) on update no action)`,
      `revoke delete on exam_registration from ${app}, ${worker}`,
    ],
  },
];
