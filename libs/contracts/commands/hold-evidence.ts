import { z } from 'zod';
import { Place, Uuid } from '../ids.ts';

/** An upload that is held: what arrived, and where it lies. */
export const HeldPaper = z.object({
  upload: Uuid,
  file: Uuid,
  mediaType: z.enum(['application/pdf', 'image/jpeg', 'image/png']),
  size: z.int(),
});
export type HeldPaper = z.infer<typeof HeldPaper>;

/**
 * A service that has authorised its caller asks whoever keeps the files to hold uploads as papers of one request: they
 * are whole, were sent as evidence from the caller's own workplace, and nobody else has used them. All or none are held,
 * and nobody but the same holder can have them from then on; asked again it answers the same. They are kept for good once
 * an event of the asking service names them; what is never named goes as unused uploads do.
 */
export const holdEvidence = {
  subject: 'enrollment.hold-evidence',
  timeout: 5_000,
  request: z.object({
    /** Keyed name of the request, 64 hexadecimal digits. */
    holder: z.string().regex(/^[0-9a-f]{64}$/),
    /** Place of the caller's school or unit. */
    place: Place,
    uploads: z.array(Uuid).min(1).max(20),
  }),
  /** In the order asked: null for an upload that cannot be had; then none is held. */
  reply: z.object({ papers: z.array(HeldPaper.nullable()) }),
};
