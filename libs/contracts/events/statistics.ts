import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Instant } from '../ids.ts';

const Figure = z.int().min(0);

export const MonthlyReportIssued = defineEvent({
  type: 'MonthlyReportIssued',
  source: 'statistics',
  version: 1,
  summary:
    'The report of a month on steps that were not decided in time stands as it was issued (STA-01, W-24).',
  data: z.object({
    /** The first day of the month. */
    month: Day,
    issuedAt: Instant,
    /** Figures of the nation. */
    doneInTime: Figure,
    becameOverdue: Figure,
    overdue: Figure,
    blockedRefusals: Figure,
    /** SHA-256 over every figure and every named step of the report, in hexadecimal. */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});
