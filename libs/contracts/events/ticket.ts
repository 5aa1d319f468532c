import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { TicketKind, TicketOrigin } from '../vocabulary.ts';

const source = 'complaint-ticket';

/** A school or a unit by its public code. */
const Workplace = z.union([UnitCode, SchoolCode]);

/** Whom a ticket is about and who handles it. Of who reported, and of what was said, nothing leaves the service (TKT-16). */
const Ticket = z.object({
  ticket: Uuid,
  kind: TicketKind,
  /** The complaint or report that it hangs on; its own id where it hangs on none. */
  root: Uuid,
  /** The student concerned, where one is named. */
  person: Uuid.nullable(),
  /** Who handles it, and where that stands in the tree. */
  unit: Workplace,
  place: Place,
  province: UnitCode,
});

export const ComplaintReceived = defineEvent({
  type: 'ComplaintReceived',
  source,
  version: 1,
  summary: 'A complaint has reached the authority that is to handle it (TKT-01).',
  data: Ticket.extend({
    origin: TicketOrigin,
    scope: z.enum(['IN_PROVINCE_MANAGEMENT', 'PROVINCIAL_RUNTIME', 'CROSS_PROVINCE', 'SYSTEM_OPERATION']),
    dueOn: Day,
    provisional: z.boolean(),
  }),
});

export const ComplaintAcknowledged = defineEvent({
  type: 'ComplaintAcknowledged',
  source,
  version: 1,
  summary: 'The authority has told the reporter that it has the complaint.',
  data: Ticket,
});
