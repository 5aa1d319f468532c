import { z } from 'zod';
import { TransferPrefiled } from '#libs/contracts/events/transfer.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import { isToBeFiled, nextAfter } from '#libs/law/transfer/course.ts';
import { judgeHandling } from '#libs/law/transfer/decision.ts';
import { judgePrefiling, TRANSFER_NATURES } from '#libs/law/transfer/prefiling.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import { type CaseFinding, filingNotAsked } from '../cases/own-finding.ts';
import { partyOf } from '../cases/own-step.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Situation } from '../cases/situation.ts';
import { stepsOpened } from '../cases/steps-opened.ts';
import { withDecision } from '../commands/decided.ts';
import type { Moved } from '../commands/initiate-transfer.ts';
import { gone } from '../commands/next-steps.ts';
import { knownOf, Order, onCase, situationOfCase, type Work } from '../commands/on-case.ts';
import { beforeStart } from './filing.ts';

const Sheet = Order.extend({
  dataChecked: z.boolean(),
  nature: z.enum(TRANSFER_NATURES),
  proofsChecked: z.boolean(),
});
type Sheet = z.infer<typeof Sheet>;

/** What the law says of the sheet: the school completes it first; another day is for the bureau to let through. */
const judgeSheet = (
  { dataChecked, nature, proofsChecked }: Sheet,
  { target }: Work['record'],
  { today, target: { place } }: Situation,
): CaseFinding[] =>
  judgePrefiling({ stage: target.stage, filedOn: today, dataChecked, nature, proofsChecked }, place).map(
    (finding) => (finding.ownerLevel === 'SCHOOL' ? { ...finding, outcome: 'REJECT' as const } : finding),
  );

const file = async (
  { core, tx, caller, record }: Work,
  asked: Sheet,
  situation: Situation,
  findings: readonly CaseFinding[],
): Promise<void> => {
  const { now, today } = situation;
  const { nature, dataChecked, proofsChecked } = asked;
  const next = nextAfter(record, 'TARGET_SCHOOL', 'APPROVE');
  // The filing ends the draft's step; no head decides before the start (TRF-43).
  const filed = withDecision(record, 'TARGET_SCHOOL', {
    ...{ decidedBy: null, decidedAt: now, decision: 'APPROVE', reasons: [], note: null },
  });
  const sheet = { nature, dataChecked, proofsChecked, filedBy: caller.subject, filedAt: now, filedOn: today };
  const judged = judgeStanding(knownOf(core, record), record, situation);
  const after = gone({ ...filed, findings: judged, filing: { ...sheet, findings } }, next, {
    around: situation,
    situation,
  });
  await saveCase(tx, now, record, after, [
    { kind: TransferPrefiled, data: { ...caseFacts(after), nature, filedOn: today } },
    ...(await stepsOpened(core, after, record.steps.length)),
  ]);
};

/**
 * The registrar of the receiving school files a draft with the bureau before its start (TRF-46, Beiguan), with the sheet
 * of F9. It is work between school and bureau: the family is asked for nothing more, and no other party's clock runs yet
 * (CF-14).
 */
export const prefileTransfer = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.prefile');
  const asked = parseInput(Sheet, input);
  const prepare = (seen: Work['record']) => situationOfCase(core, seen);
  return onCase({ core, caller, operation: 'prefileTransfer' }, asked, prepare, async (work, situation) => {
    const { record } = work;
    const hand = handOf(caller, 'HANDLES');
    const { party, place } = await partyOf(core, record, hand.unit);
    const order = judgeHandling(record, { party, hand }, situation.today, place);
    if (order.length > 0) return order;
    if (!isToBeFiled(record)) return [filingNotAsked];
    const standing = beforeStart(judgeStanding(knownOf(core, record), record, situation));
    const sheet = judgeSheet(asked, record, situation);
    const findings = [...standing, ...sheet];
    if (!isRejected(findings)) await file(work, asked, situation, sheet);
    return findings;
  });
};
