import { z } from 'zod';
import { Uuid } from '../ids.ts';

/** Asked of the tickets: what an order to correct can rest on that a unit wants to give because of a ticket (ORG-20 to ORG-23). */
export const correctionGround = {
  subject: 'complaint-ticket.correction-ground',
  timeout: 5_000,
  /** `unit`: who wants to order. */
  request: z.object({ ticket: Uuid, unit: z.string() }),
  reply: z.object({
    /** Null where there is no such ticket, or the unit neither handles it nor has issued it: both are answered alike. */
    ticket: z
      .object({
        ground: z
          .enum(['SLIP_MISSED', 'SLIP_UNSATISFACTORY', 'COMPLAINT_FOUND_TRUE', 'LATE_STEP'])
          .nullable(),
        /** Codes of the schools and units that it is about. */
        about: z.array(z.string()).max(50),
        version: z.int(),
      })
      .nullable(),
  }),
};
