import { StepOverdueRecorded } from '#libs/contracts/events/transfer.ts';
import { isInForce, type LawPlace } from '#libs/law/finding.ts';
import { judgeStepTime } from '#libs/law/transfer/clocks.ts';
import { openSteps, type TransferStep } from '#libs/law/transfer/course.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import { onFirstCase } from './set-aside.ts';

// Before the start the clock of the four parties has not begun (CF-14): a draft is never late.
const late = `ended_at is null and started_at is not null and exists (select from transfer_step s where s.case_id = transfer_case.case_id
  and s.decided_at is null and s.late_recorded_on is null and not s.provisional and s.due_on < $1::date)`;

/** While the measure of 2013 was in force, going on had these limits by a text of its own (TRF-54). */
const businessOf = ({ kind }: CaseRecord, today: string, place: LawPlace): 'TRANSFER' | 'GOING_ON' =>
  kind === 'CROSS_PROVINCE_STUDY' && isInForce('TRF-54', today, place) ? 'GOING_ON' : 'TRANSFER';

/** The open steps of a case that are late, each noted now for the first time. */
const noteLate = async (
  core: ServiceCore,
  tx: Tx,
  record: CaseRecord,
  today: string,
): Promise<TransferStep[]> => {
  const noted: TransferStep[] = [];
  for (const step of openSteps(record)) {
    const place = await lawPlaceOfParty(core, record, step.party);
    const clock = { dueDate: step.dueOn, provisional: step.provisional, today };
    const business = businessOf(record, today, place);
    const said = judgeStepTime({ ...clock, business, party: step.party }, place);
    if (said.length === 0) continue;
    const isFirst = await execute(
      tx,
      `update transfer_step set late_recorded_on = $4
       where case_id = $1 and turn = $2 and party = $3 and late_recorded_on is null`,
      [record.id, step.turn, step.party, today],
    );
    if (isFirst === 1) noted.push(step);
  }
  return noted;
};

/** Puts on record, once for each step, that it was not done in time; the case goes on (TRF-03). True when there may be more. */
export const recordLateNext = async (core: ServiceCore): Promise<boolean> => {
  const found = await onFirstCase(core, async (tx, first) => {
    const today = core.clock.today();
    const record = await first(late, [today], 'case_id');
    if (record === undefined) return false;
    const noted = await noteLate(core, tx, record, today);
    const told = noted.map(({ party, unit, dueOn }) => ({
      kind: StepOverdueRecorded,
      data: { ...caseFacts(record), party, unit, dueOn },
    }));
    await saveCase(tx, core.clock.now(), record, record, told);
    return noted.length > 0;
  });
  if (found) core.wakeRelay();
  return found;
};
