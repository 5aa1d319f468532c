import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, UnitCode } from '../ids.ts';
import { CaseOf, TicketFacts, Workplace } from './ticket.ts';

/** What a province has set on steps of cases that are not done in their days. */
export const LateStepPolicySet = defineEvent({
  type: 'LateStepPolicySet',
  source: 'complaint-ticket',
  version: 1,
  summary: 'A province has set which late steps of cases open tickets by themselves, and at which level.',
  data: z.object({
    province: UnitCode,
    clocks: z
      .array(
        z.object({
          clock: CaseOf.shape.kind,
          afterWorkingDays: z.int().min(1),
          level: z.enum(['LOWEST', 'CITY', 'PROVINCE']),
          /** Steps whose day had passed before it open none. */
          since: Day,
        }),
      )
      .max(20),
  }),
});

export const TicketLateStepDone = defineEvent({
  type: 'TicketLateStepDone',
  source: 'complaint-ticket',
  version: 1,
  summary:
    'A step that had opened a ticket by being late is over: decided afterwards, or its case has ended.',
  data: TicketFacts.extend({
    case: CaseOf,
    lateUnit: Workplace,
    doneOn: Day,
    /** The case has ended before the step was decided. */
    lapsed: z.boolean(),
  }),
});
