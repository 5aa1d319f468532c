import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Instant, UnitCode } from '../ids.ts';

const source = 'transfer';

/** A fault by its reference, and the unit for which, with everything under it, it was declared. */
const Fault = z.object({ reference: z.string().max(60), unit: UnitCode, beganAt: Instant });

export const SystemFaultDeclared = defineEvent({
  type: 'SystemFaultDeclared',
  source,
  version: 1,
  summary: 'Ministry or province declared a fault in which transfers may be handled outside first (TRF-24).',
  data: Fault,
});

export const SystemFaultEnded = defineEvent({
  type: 'SystemFaultEnded',
  source,
  version: 1,
  summary: 'A declared fault is over; what was handled outside is entered within ten working days (TRF-24).',
  data: Fault.extend({ endedAt: Instant }),
});
