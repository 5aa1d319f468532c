import { TransferAutoCancelled } from '#libs/contracts/events/transfer.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { stateAfter } from '#libs/law/transfer/acts.ts';
import { judgeCallUpExpiry } from '#libs/law/transfer/clocks.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { standingWorkingDays } from '#libs/platform/directory/working-days.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { tellChanged } from '../cases/live-signal.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import { onFirstCase } from '../workers/set-aside.ts';
import { clockOf } from './call-up-clock.ts';

const expired = `state = 'AWAIT_REPORTING' and exists (select from transfer_call_up u
  where u.case_id = transfer_case.case_id and not u.provisional and u.called_up_at is null and u.due_on < $1::date
  and u.calendar_version = $2)`;

/**
 * Cancels the next case that nobody called up within ten working days of its last approval (TRF-33): the registration stays
 * where it is and the held place is given back. Never on a day that is still provisional, or that was
 * counted by a calendar that is not in force any more. True when there may be more.
 */
export const cancelNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await onFirstCase(core, async (tx, first) => {
    const { version } = workingDayCalendar(await standingWorkingDays(tx));
    const record = await first(expired, [core.clock.today(), version], 'approved_at, case_id');
    const clock = record?.callUp ? clockOf(record.callUp) : undefined;
    if (record === undefined || clock === undefined) return undefined;
    const now = core.clock.now();
    const findings = judgeCallUpExpiry(clock, new Date(now), NATION);
    const state = stateAfter(record, 'CANCEL');
    if (state === undefined || findings.length === 0) return undefined;
    const cancelled = { ...record, state, endedAt: now, findings, releasePlace: true };
    const dueOn = record.callUp?.due?.dueOn ?? '';
    await saveCase(tx, now, record, cancelled, [
      { kind: TransferAutoCancelled, data: { ...caseFacts(record), dueOn } },
    ]);
    return record.id;
  });
  if (found !== undefined) tellChanged(core, found);
  return found !== undefined;
};
