import { TransferPapersHandedIn } from '#libs/contracts/events/transfer.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import { isAcrossProvinces } from '#libs/law/transfer/kinds.ts';
import { obstacleFindings, outOfOrder } from '#libs/law/transfer/order.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import { casesById } from '../cases/case-rows.ts';
import { judgeHandedPapers } from '../cases/handed-papers.ts';
import { keepLetThrough } from '../cases/held.ts';
import { judgeStanding } from '../cases/judge-standing.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { lawPlaceOfParty } from '../cases/own-step.ts';
import { addPapers } from '../cases/paper-rows.ts';
import { HandedPapers, type PaperKind } from '../cases/request.ts';
import { caseFacts, saveCase } from '../cases/save-case.ts';
import type { Moved } from '../commands/initiate-transfer.ts';
import { knownOf, Order, onCase, situationOfCase } from '../commands/on-case.ts';

const HandingIn = Order.extend({ evidence: HandedPapers.min(1) });

/** Papers are handed in by the receiving school, until everybody has approved. */
const judgeHandingIn = async (
  core: ServiceCore,
  record: CaseRecord,
  papers: readonly PaperKind[],
  unit: string,
): Promise<CaseFinding[]> => {
  const today = core.clock.today();
  const place = await lawPlaceOfParty(core, record, 'TARGET_SCHOOL');
  if (unit !== record.target.school) return obstacleFindings(['OTHER_UNIT'], 'TARGET_SCHOOL', today, place);
  if (record.endedAt !== null) return outOfOrder('CASE_ENDED', today, place);
  if (record.approvedAt !== null) return outOfOrder('OUT_OF_ORDER', today, place);
  const { source, target } = record;
  const facts = { papers, stage: target.stage, acrossProvinces: isAcrossProvinces({ source, target }) };
  return judgeHandedPapers(facts, today, place);
};

/**
 * The registrar of the receiving school hands in a paper that a case still lacked, such as the certificate that the sending
 * province has sent meanwhile (TRF-30, CF-14); the case is judged anew, and what waited for it waits no longer.
 */
export const handInTransferPapers = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.hand-in');
  const asked = parseInput(HandingIn, input);
  const { unit } = handOf(caller, 'HANDLES');
  const scope = await core.directory.scopeOf(caller);
  const uploads = asked.evidence.map(({ upload }) => upload);
  const kinds = asked.evidence.map(({ kind }) => kind);
  const order = { caller, key: asked.idempotencyKey, uploads };
  const prepare = async (seen: CaseRecord) => ({
    situation: await situationOfCase(core, seen),
    held: await holdForRequest(
      core,
      order,
      (work) => inScope(core.app, scope, work),
      async (tx) => {
        const [now] = await casesById(tx, [seen.id]);
        return now?.version === asked.expectedVersion ? judgeHandingIn(core, now, kinds, unit) : REFUSED;
      },
    ),
  });
  return onCase(
    { core, caller, operation: 'handInTransferPapers' },
    asked,
    prepare,
    async ({ tx, record }, { situation, held }) => {
      const against = await judgeHandingIn(core, record, kinds, unit);
      if (against.length > 0) return against;
      const now = core.clock.now();
      const papers = [...new Set([...record.papers, ...kinds])];
      const known = { ...knownOf(core, record), papers };
      const findings = keepLetThrough(record, judgeStanding(known, record, situation));
      const judged = { ...record, papers, findings };
      await addPapers(tx, record, papersOf(held, asked.evidence), caller.subject, now);
      await saveCase(tx, now, record, judged, [
        { kind: TransferPapersHandedIn, data: { ...caseFacts(record), papers: uploads } },
      ]);
      return judged.findings.filter(({ outcome }) => outcome !== 'REJECT');
    },
  );
};

/** Nothing is held for a request that will be told of a newer version. */
const REFUSED = [{ outcome: 'REJECT' }];
