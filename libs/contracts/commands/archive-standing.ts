import { z } from 'zod';
import { Uuid } from '../ids.ts';

/**
 * What the archive of a pupil holds that a transfer depends on: a disciplinary measure in force (TRF-19), and whether the
 * sending school has stored its backup for this transfer (TRF-40, ARC-09). The version grows with every change of either.
 */
export const ArchiveStanding = z.object({
  version: z.int(),
  underDiscipline: z.boolean(),
  backedUp: z.boolean(),
});
export type ArchiveStanding = z.infer<typeof ArchiveStanding>;

/** Asked of the archive: when a case is judged, before its registration moves, and in the transaction that moves it. */
export const archiveStanding = {
  subject: 'archive.standing',
  timeout: 3_000,
  request: z.object({ person: Uuid, enrollment: Uuid, transfer: Uuid }),
  reply: ArchiveStanding,
};
