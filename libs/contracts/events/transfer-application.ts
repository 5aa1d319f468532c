import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { TransferApplicationState, TransferKind } from '../vocabulary.ts';

const source = 'transfer';

/** A family's application and who has to answer it: the school, or the county that is to arrange one. */
const Application = z.object({
  application: Uuid,
  person: Uuid,
  kind: TransferKind,
  /** Null while the county arranges one. */
  school: SchoolCode.nullable(),
  place: Place,
  province: UnitCode,
  /** The registry authority of the school, or the county that is to arrange one. */
  authority: UnitCode,
});

export const TransferApplied = defineEvent({
  type: 'TransferApplied',
  source,
  version: 1,
  summary: 'A guardian has applied for a transfer of the own child (W-09, TRF-05).',
  data: Application.extend({ appliedOn: Day, dueOn: Day, provisional: z.boolean() }),
});

export const TransferApplicationMoved = defineEvent({
  type: 'TransferApplicationMoved',
  source,
  version: 1,
  summary:
    'An application was taken up, declined, withdrawn, given to the county or by it to a school, or ended with its case.',
  data: Application.extend({
    state: TransferApplicationState,
    /** The case that was put together from it. */
    transfer: Uuid.nullable(),
    /** Codes of lawful reasons. */
    reasons: z.array(z.string()).max(30),
  }),
});
