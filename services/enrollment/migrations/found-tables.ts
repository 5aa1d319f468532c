import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/** The registration that was tried for a row of a monthly list, by which a transfer can be opened (TRF-53). */
export const foundSteps: readonly SchemaStep[] = [
  {
    name: '026-registrations-of-rows',
    statements: () => [`alter table grade_batch_row add column intake_id uuid`],
  },
];
