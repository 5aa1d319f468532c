import { OutcomeReviewOverdue } from '#libs/contracts/events/certificate.ts';
import { judgeReviewTime } from '#libs/law/certificate/review-clock.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import { batchesWhere } from './batch-rows.ts';
import { batchFacts, saveBatch } from './save-batch.ts';

const late = `state = 'UPLOADED' and late_recorded_on is null and not provisional and due_on < $1::date
  order by due_on, batch_id limit 1 for update skip locked`;

/** Puts on record, once each, that a batch was not reviewed in its time (CRT-07). True when there may be more. */
export const recordLateNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await asWorker(core.worker, async (tx) => {
    const today = core.clock.today();
    const [batch] = await batchesWhere(tx, late, [today]);
    if (batch === undefined) return false;
    const { dueOn, provisional } = batch;
    const place = lawPlaceOf(await core.directory.school(batch.school), batch.province);
    const time = { business: 'OUTCOMES' as const, dueOn, provisional, stage: 'SENIOR' as const };
    const said = judgeReviewTime(time, today, place);
    const told =
      said.length === 0 ? null : { kind: OutcomeReviewOverdue, data: { ...batchFacts(batch), dueOn } };
    await saveBatch(tx, core.clock.now(), batch, { ...batch, lateRecordedOn: today }, told);
    return true;
  });
  if (found) core.wakeRelay();
  return found;
};
