import { type ArchiveStanding, archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import { standsInFor } from '#libs/law/enforces.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** Of whom nothing was told: no measure is in force and nothing waits for a backup. */
const nothingTold = { version: 0, underDiscipline: false, backedUp: true };

/**
 * Answers for the archive while no service of that name runs, and says so in every answer. It keeps no archive and makes no
 * backup: it repeats what has been put into its table, and of everybody else that nothing stands against a transfer. It goes
 * when the archive comes.
 */
export const standInForArchive = (core: Pick<ServiceCore, 'bus' | 'worker' | 'log'>): Promise<Stop> => {
  standsInFor('archive', 'TRF-19', 'TRF-40');
  core.log.warn('archive.standing is answered by a stand-in');
  return answerTo(core.bus, archiveStanding, async ({ person }) => {
    const [told] = await asWorker(core.worker, (tx) =>
      query<Omit<ArchiveStanding, 'answeredBy'>>(
        tx,
        `select version, under_discipline as "underDiscipline", backed_up as "backedUp"
         from archive_stand_in where person_id = $1`,
        [person],
      ),
    );
    return { ...(told ?? nothingTold), answeredBy: 'STAND_IN' as const };
  });
};
