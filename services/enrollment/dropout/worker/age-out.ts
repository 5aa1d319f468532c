import { DropoutCaseAgedOut } from '#libs/contracts/events/dropout.ts';
import { compulsoryYearsOver } from '#libs/law/enrollment/dropout.ts';
import { lawPromotions, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { SYSTEM } from '../entry.ts';
import { entriesWhere } from '../entry-rows.ts';
import { moveEntry } from '../move-entry.ts';

const batch = 50;

/** Closes entries of children whose compulsory years are over; until then the registration is kept (ENR-56). */
export const endWithCompulsoryYears = async (core: ServiceCore): Promise<number> => {
  const promotions = lawPromotions(await core.directory.promotions());
  const today = core.clock.today();
  const running = schoolYearOn(new Date(core.clock.now()), promotions);
  return asWorker(core.worker, async (tx) => {
    const entries = await entriesWhere(
      tx,
      `ended_at is null and grade_one_year < $1 order by grade_one_year limit ${batch} for update skip locked`,
      [running - 8],
    );
    let ended = 0;
    for (const entry of entries) {
      if (entry.gradeOneYear === null || !compulsoryYearsOver(entry.gradeOneYear, today, promotions))
        continue;
      await moveEntry(core, tx, entry, {
        act: 'AGE_OUT',
        record: { kind: 'AGED_OUT', actedOn: today, unit: SYSTEM, by: SYSTEM },
        event: DropoutCaseAgedOut,
      });
      ended++;
    }
    return ended;
  });
};
