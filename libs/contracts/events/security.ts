import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Instant, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';

const source = 'statistics';
const version = 1;

export const WarningTrigger = z.enum(['MASS_READ', 'OFF_HOURS_EXPORT', 'FAILED_LOGINS']);

/** What an alert came to: nothing was wrong, it had its reason, or data rules were broken. */
export const AlertOutcome = z.enum(['FALSE_ALARM', 'EXPLAINED', 'BREACH']);

/** Which account it was stays with statistics. */
const AlertFact = z.object({
  alert: Uuid,
  /** Code of the school or unit where the account works. */
  workplace: z.union([UnitCode, SchoolCode]),
  place: Place,
  province: UnitCode,
  trigger: WarningTrigger,
  from: Instant,
});

export const SecurityAlertRaised = defineEvent({
  ...{ type: 'SecurityAlertRaised', source, version },
  summary: 'The use of an account within an hour gave an early warning (PRV-08).',
  data: AlertFact,
});

export const SecurityAlertAcknowledged = defineEvent({
  ...{ type: 'SecurityAlertAcknowledged', source, version },
  summary: 'An authority looks into an early warning.',
  data: AlertFact,
});

export const SecurityAlertSettled = defineEvent({
  ...{ type: 'SecurityAlertSettled', source, version },
  summary:
    'An authority has settled an early warning; a breach leads to a correction order (PRV-08, PRV-09).',
  data: AlertFact.extend({ outcome: AlertOutcome, settledBy: UnitCode }),
});
