import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Instant, Uuid } from '../ids.ts';

const source = 'statistics';

/** A table of figures that a unit takes out, and what it was made of. */
const Export = z.object({
  export: Uuid,
  /** Code of the unit or school. */
  unit: z.string().regex(/^(\d{6}|\d{10})$/),
});

export const ExportPrepared = defineEvent({
  type: 'ExportPrepared',
  source,
  version: 1,
  summary: 'A table was written down to be taken out, exact or as it was published (W-23).',
  data: Export.extend({
    kind: z.enum(['ENROLLMENT', 'PUBLISHED', 'JOB', 'FLOWS', 'CLASSES', 'DROPOUTS']),
    format: z.enum(['CSV', 'XLSX']),
    /** It goes to somebody outside the unit and those above it. */
    leaves: z.boolean(),
    rows: z.int().min(0),
    /** SHA-256 of its content in hexadecimal. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    preparedAt: Instant,
  }),
});

export const ExportDelivered = defineEvent({
  type: 'ExportDelivered',
  source,
  version: 1,
  summary: 'A table that was prepared was fetched (W-23).',
  data: Export.extend({ deliveredAt: Instant }),
});
