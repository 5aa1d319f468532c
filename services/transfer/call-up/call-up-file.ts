import { FileCalledUp } from '#libs/contracts/events/transfer.ts';
import { Day } from '#libs/contracts/ids.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import { judgeAct, stateAfter } from '#libs/law/transfer/acts.ts';
import { judgeCallUp } from '#libs/law/transfer/hand-over.ts';
import { obstacleFindings } from '#libs/law/transfer/order.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CaseFinding, reportedTooEarly } from '../cases/own-finding.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Moved } from '../commands/initiate-transfer.ts';
import { Order, onCaseAlone, type Work } from '../commands/on-case.ts';
import { clockOf } from './call-up-clock.ts';

const CallingUp = Order.extend({ reportedOn: Day });

/** What stands against the call-up: whose it is, where the case stands, and whether the pupil is there (TRF-32, TRF-33). */
const judge = async ({ core, caller, record }: Work, reportedOn: string): Promise<readonly CaseFinding[]> => {
  const [now, today] = [core.clock.now(), core.clock.today()];
  const place = await lawPlaceOfParty(core, record, 'TARGET_SCHOOL');
  if (handOf(caller, 'HANDLES').unit !== record.target.school)
    return obstacleFindings(['OTHER_UNIT'], 'TARGET_SCHOOL', today, place);
  const disorder = judgeAct(record, 'CALL_UP', today, place);
  if (disorder.length > 0) return disorder;
  if (reportedOn < shanghaiDate(new Date(record.startedAt ?? record.openedAt))) return [reportedTooEarly];
  const clock = record.callUp === null ? undefined : clockOf(record.callUp);
  return judgeCallUp({ reported: reportedOn <= today, ...(clock ? { clock } : {}) }, new Date(now), NATION);
};

/**
 * The registrar of the receiving school calls up the file of a pupil who has reported there (TRF-32), within ten working days
 * of the last approval (TRF-33); `wake` is called then, for the registration moves by itself from there on.
 */
export const callUpFile = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  wake: () => void,
): Promise<Moved> => {
  enforces('TRF-32', 'TRF-33');
  const caller = authorize(actor, 'transfer.call-up');
  const asked = parseInput(CallingUp, input);
  const { reportedOn } = asked;
  const moved = await onCaseAlone({ core, caller, operation: 'callUpFile' }, asked, async (work) => {
    const { tx, record } = work;
    const findings = await judge(work, reportedOn);
    const state = stateAfter(record, 'CALL_UP');
    if (findings.length > 0 || state === undefined || record.callUp === null) return findings;
    const now = core.clock.now();
    const callUp = { ...record.callUp, reportedOn, calledUpAt: now, calledUpBy: caller.subject };
    await saveCase(tx, now, record, { ...record, state, callUp }, [
      { kind: FileCalledUp, data: { ...caseFacts(record), reportedOn } },
    ]);
    return [];
  });
  wake();
  return moved;
};
