import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Wanted = { holder: string; place: number; uploads: readonly string[] };

type Row = HeldPaper & { size: number };

/**
 * Uploads of a place that are whole, are evidence, and are nobody's or this holder's already. They are locked in one
 * order, so that of two who want the same the second sees what the first has taken.
 */
const free = (tx: Tx, { holder, place, uploads }: Wanted): Promise<Row[]> =>
  query<Row>(
    tx,
    `select upload_id as upload, file_id as file, media_type as "mediaType", size::int as size from upload
     where upload_id = any($1::uuid[]) and place = $2 and state = 'ACCEPTED' and purpose = 'EVIDENCE'
       and (held_for = $3 or (held_for is null and taken_at is null))
     order by upload_id for update`,
    [uploads, place, holder],
  );

/** Holds all of the uploads or none; null stands for each that cannot be had. */
export const handleHoldEvidence = (
  { worker, clock }: Pick<ServiceCore, 'worker' | 'clock'>,
  wanted: Wanted,
): Promise<(HeldPaper | null)[]> =>
  asWorker(worker, async (tx) => {
    const found = new Map((await free(tx, wanted)).map((row) => [row.upload, row]));
    const papers = wanted.uploads.map((upload) => found.get(upload) ?? null);
    if (papers.every((paper) => paper !== null)) {
      await execute(
        tx,
        'update upload set held_for = $2, held_at = coalesce(held_at, $3) where upload_id = any($1::uuid[])',
        [wanted.uploads, wanted.holder, clock.now()],
      );
    }
    return papers;
  });
