import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/**
 * What a due date needs to be counted again (ORG-28): by which calendar it was last looked at, and for the steps of cases
 * how it was counted. Days that are not counted in working days have no count and stay.
 */
export const recountSteps: readonly SchemaStep[] = [
  {
    name: '020-due-dates-counted-again',
    statements: () => [
      `alter table enrollment add column due_calendar text`,
      `create index enrollment_due_calendar on enrollment (due_calendar)
         where status in ('PENDING_APPROVAL', 'RETURNED_TO_SCHOOL')`,
      `alter table case_step add column counted_from date, add column counted_days int`,
      `create index case_step_calendar on case_step (calendar_version)
         where decided_at is null and counted_days is not null`,
    ],
  },
];
