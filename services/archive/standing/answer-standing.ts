import { type ArchiveStanding, archiveStanding } from '#libs/contracts/commands/archive-standing.ts';
import { type DisciplinaryMeasure, isUnderDiscipline } from '#libs/law/archive/discipline.ts';
import type { Stop } from '#libs/platform/bus/bus.ts';
import { answerTo } from '#libs/platform/commands/internal.ts';
import { single } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Row = { standing: number; backed: boolean; measures: DisciplinaryMeasure[] };

const standingOf = `select a.standing,
    a.opened_on is not null and exists (
      select from archive_transfer_backup b join archive_copy c on c.person_id = b.person_id and c.unit = b.unit
      where b.person_id = a.person_id and b.transfer_id = $2) as backed,
    (select coalesce(jsonb_agg(jsonb_build_object('level', m.level, 'decidedOn', m.decided_on, 'endsOn', m.ends_on,
       'revokedOn', m.revoked_on)), '[]') from archive_measure m where m.person_id = a.person_id) as measures
  from archive a where a.person_id = $1`;

/** What of an archive a transfer depends on; of somebody without an archive that no backup of one can exist (TRF-40). */
const tell = (row: Row | undefined, today: string): ArchiveStanding => ({
  version: row?.standing ?? 0,
  underDiscipline: isUnderDiscipline(row?.measures ?? [], today),
  backedUp: row?.backed ?? false,
});

/**
 * Answers whether a measure stands against a student (TRF-19) and whether the school that is left has stored its backup for a
 * transfer (TRF-40): one statement, as every transfer asks several times.
 */
export const answersStanding = (core: Pick<ServiceCore, 'bus' | 'worker' | 'clock'>): Promise<Stop> =>
  answerTo(core.bus, archiveStanding, async ({ person, transfer }) => {
    const [row] = await single<Row>(core.worker, standingOf, [person, transfer]);
    return tell(row, core.clock.today());
  });
