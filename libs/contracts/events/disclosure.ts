import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, UnitCode, Uuid } from '../ids.ts';

const source = 'complaint-ticket';

/** Which client asks which unit for what it holds: opaque ids and public codes. */
const Disclosure = z.object({
  disclosure: Uuid,
  /** The client as its tokens name it. */
  client: z.string().min(1).max(200),
  unit: UnitCode,
  place: Place,
  province: UnitCode,
});

/** What a client may read, of whom and until when (PRV-05). */
export const GrantFact = Disclosure.extend({
  /** The range of the tree that the unit manages. */
  hi: Place,
  /** Names of fields, `Type.field`. */
  fields: z.array(z.string().max(100)).max(100),
  profile: z.enum(['MASKED', 'ANON_ROW', 'ANON_AGG']),
  validUntil: Day,
  revokedOn: Day.nullable(),
  /** By which what was told is traced back to the grant. */
  watermark: z.string().max(64),
});
export type GrantFact = z.infer<typeof GrantFact>;

export const DisclosureRequested = defineEvent({
  type: 'DisclosureRequested',
  source,
  version: 1,
  summary: 'A client has asked for registration information (W-23, PRV-02).',
  data: Disclosure,
});

export const DisclosureDecided = defineEvent({
  type: 'DisclosureDecided',
  source,
  version: 1,
  summary: 'The holder of the data has granted or refused what a client asked for (PRV-02, PRV-06).',
  data: Disclosure.extend({
    decision: z.enum(['APPROVED', 'REFUSED']),
    /** What is granted; null where nothing is. */
    grant: GrantFact.nullable(),
  }),
});

export const DisclosureRevoked = defineEvent({
  type: 'DisclosureRevoked',
  source,
  version: 1,
  summary: 'A grant was revoked: no read is answered under it any more (PRV-05, PRV-06).',
  data: Disclosure.extend({ revokedOn: Day }),
});
