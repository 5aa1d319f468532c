import type { TransferApplicationState } from '#libs/contracts/vocabulary.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { reopenAfter } from '../attending/reopen.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { isAnotherOpen } from '../cases/case-rows.ts';
import { onFirstCase } from '../workers/set-aside.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsWhere } from './application-rows.ts';
import { tellApplication } from './application-signal.ts';
import { saveApplication } from './save-application.ts';

/** A case that goes on, or has brought the registration over. */
const prevails = ({ startedAt, endedAt, state }: CaseRecord): boolean =>
  startedAt !== null && (endedAt === null || state === 'HANDED_OVER');

/**
 * What an application comes to by a case: its own that has ended, or another school's that has started. A school that
 * discards its draft has answered nobody: the application waits for it as before.
 */
const stateBy = (
  { id, state, transfer }: ApplicationRecord,
  record: CaseRecord,
  anotherRuns: boolean,
): TransferApplicationState | undefined => {
  if (transfer === record.id) {
    if (record.endedAt === null) return undefined;
    if (record.state === 'DISCARDED') return anotherRuns ? 'SUPERSEDED' : 'APPLIED';
    return record.state === 'HANDED_OVER' ? 'COMPLETED' : 'CASE_ENDED';
  }
  const waits = state === 'APPLIED' || state === 'ARRANGING';
  return waits && id !== record.request.application && prevails(record) ? 'SUPERSEDED' : undefined;
};

/** Takes the note off cases about whose pupil no family's application is open and that were no attendance's end. */
const passOver = ({ worker }: Pick<ServiceCore, 'worker'>): Promise<number> =>
  asWorkerOnce(worker, (tx) =>
    execute(
      tx,
      `update transfer_case set settle_applications = false where case_id in (
         select c.case_id from transfer_case c where c.settle_applications
           and not exists (select from transfer_application a where a.person_id = c.person_id and a.ended_at is null)
           and not exists (select from transfer_attendance t where t.transfer_id = c.case_id)
         order by c.case_id limit 500 for update of c skip locked)`,
    ),
  );

/** The reasons for which somebody has refused the case. */
const reasonsOf = ({ steps }: CaseRecord): readonly string[] =>
  steps.find(({ decision }) => decision === 'REFUSE')?.reasons ?? [];

/**
 * Tells the applications of a pupil what has become of a case that has started or ended since: the first case that starts
 * wins, and a family's application ends with its case (W-09). Who attended before it is owed a transfer anew where it came to
 * nothing. True when there may be more.
 */
export const settleNext = async (core: ServiceCore): Promise<boolean> => {
  await passOver(core);
  const settled = await onFirstCase(core, async (tx, first) => {
    const record = await first('settle_applications', [], 'case_id');
    if (record === undefined) return undefined;
    const moved: string[] = [];
    const at = core.clock.now();
    const open = await applicationsWhere(
      tx,
      'person_id = $1 and ended_at is null order by application_id for update',
      [record.person],
    );
    const anotherRuns = await isAnotherOpen(tx, record.person, record.id);
    for (const application of open) {
      const state = stateBy(application, record, anotherRuns);
      if (state === undefined) continue;
      const reasons = state === 'CASE_ENDED' ? reasonsOf(record) : application.reasons;
      const ended = state === 'APPLIED' ? { transfer: null } : { endedAt: at };
      await saveApplication(tx, at, application, { ...application, state, reasons, ...ended });
      moved.push(application.id);
    }
    await reopenAfter(core, tx, record);
    await execute(tx, 'update transfer_case set settle_applications = false where case_id = $1', [record.id]);
    return moved;
  });
  for (const application of settled ?? []) tellApplication(core, application);
  if (settled !== undefined) core.wakeRelay();
  return settled !== undefined;
};
