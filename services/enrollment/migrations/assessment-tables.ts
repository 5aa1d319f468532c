import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/** By person. What a committee has found stays what it was; the last assessment of a step counts (ENR-24). */
const assessmentTable = `create table progress_assessment (
  person_id uuid not null, assessment_id uuid not null, enrollment_id uuid not null, school text not null,
  place bigint not null, step text not null, supports boolean not null, school_year int, assessed_on date not null,
  committee text not null, papers jsonb not null, recorded_by text not null, recorded_at timestamptz not null,
  primary key (person_id, assessment_id),
  foreign key (person_id) references pupil (person_id) on update no action,
  check ((step = 'PROMOTION') = (school_year is not null)))`;

export const assessmentSteps: readonly SchemaStep[] = [
  {
    name: '032-progress-assessments',
    statements: (roles) => {
      enforces('PRV-12', 'ACC-15');
      return [
        assessmentTable,
        ...securedByPlace('progress_assessment', roles),
        `revoke update, delete on progress_assessment from ${roles.app}`,
        `revoke delete on progress_assessment from ${roles.worker}`,
      ];
    },
  },
];
