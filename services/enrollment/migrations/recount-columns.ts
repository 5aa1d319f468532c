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
  {
    name: '021-applications-counted-again',
    statements: () => [
      `alter table entry_place add column due_calendar text`,
      `alter table deferral add column due_calendar text`,
      `alter table city_matter add column due_calendar text`,
      `alter table admission add column no_show_calendar text, add column cancel_due_calendar text,
         add column cancel_due_provisional boolean not null default false`,
      `create index entry_place_calendar on entry_place (due_calendar) where state in ('GRANTED', 'EXTENDED')`,
      `create index deferral_calendar on deferral (due_calendar) where state = 'APPLIED'`,
      `create index city_matter_calendar on city_matter (due_calendar) where state = 'PENDING'`,
      `create index admission_calendar on admission (no_show_calendar)
         where state = 'ADMITTED' and no_show_on is null and dated_on is not null`,
      `create index admission_cancel_calendar on admission (cancel_due_calendar)
         where cancel_asked_at is not null and cancel_outcome is null`,
    ],
  },
];
