import type { ClockRows } from '#libs/platform/standing/clock-counts.ts';

/** Registrations that wait for approval, and open steps of cases. */
export const enrollmentClocks: readonly ClockRows[] = [
  {
    kind: 'REGISTRATION',
    open: `from enrollment where status = 'PENDING_APPROVAL'`,
    due: 'due_on',
    firm: 'not due_provisional',
  },
  {
    kind: 'ENROLLMENT_CASE',
    open: `from case_step as step join enrollment_case as known using (person_id, case_id)
           where step.decided_at is null and known.state = 'RUNNING'`,
    due: 'step.due_on',
    firm: 'not step.provisional',
  },
];
