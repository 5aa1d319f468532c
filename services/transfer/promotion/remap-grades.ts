import { TransferGradeRemapped } from '#libs/contracts/events/transfer.ts';
import { gradeOn, lawPromotions, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { gradeOnCompletion } from '#libs/law/enrollment/promotion.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import { onFirstCase } from '../workers/set-aside.ts';

const promoted = `ended_at is null and started_at is not null and not stands_still
  and target_grade < least(last_grade, $1 - entry_year_adj + 1)`;

/**
 * Tells of the next running case whose pupil was promoted while it ran: it goes on, one grade higher (ENR-29). The cohort is
 * the same as before, so that nothing has to happen for the grade to be right. True when there may be more.
 */
export const remapNext = async (core: ServiceCore): Promise<boolean> => {
  const promotions = lawPromotions(await core.directory.promotions());
  const found = await onFirstCase(core, async (tx, first) => {
    const now = core.clock.now();
    const schoolYear = schoolYearOn(new Date(now), promotions);
    const record = await first(promoted, [schoolYear], 'case_id');
    if (record === undefined || record.startedAt === null) return undefined;
    const { grade: from, ...cohort } = record.target;
    const startedAt = new Date(record.startedAt);
    const atStart = gradeOn(cohort, startedAt, promotions);
    const run = { grade: atStart, lastGrade: cohort.lastGrade, startedAt, completedAt: new Date(now) };
    const to = gradeOnCompletion(run, promotions);
    await execute(tx, 'update transfer_case set target_grade = $2 where case_id = $1', [record.id, to]);
    await saveCase(tx, now, record, record, [
      { kind: TransferGradeRemapped, data: { ...caseFacts(record), from, to } },
    ]);
    return record.id;
  });
  if (found !== undefined) tellChanged(core, found);
  return found !== undefined;
};
