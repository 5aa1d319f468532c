import { isUuid } from '#libs/contracts/ids.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { enforces } from '#libs/law/enforces.ts';
import { lawPromotions } from '#libs/law/enrollment/grade.ts';
import { handOf } from '#libs/law/procedure/course.ts';
import { stateAfter } from '#libs/law/transfer/acts.ts';
import {
  isToBeFiled,
  isTransferEnd,
  obstaclesToDecision,
  obstaclesToHandling,
  openSteps,
} from '#libs/law/transfer/course.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import { judgeRunning } from '#libs/law/transfer/status.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import { filedBy, filedPupil } from '../filing/filed-pupil.ts';
import type { Resolvers } from '../generated/types.ts';
import { gradeNow } from '../promotion/grade-now.ts';
import type { CaseRecord } from './case-record.ts';
import { standingAgainst } from './held.ts';
import type { CaseFinding } from './own-finding.ts';
import { actingIn, withRemovers } from './removers.ts';
import { stepProgress } from './step-progress.ts';

/** What the caller's unit and role may do with a case now. */
const actionsOn = (record: CaseRecord, actor: Actor | null): string[] => {
  if (actor === null) return [];
  if (actor.level === 'NONE') {
    const may = isGranted(actor, 'transfer.withdraw-own') && stateAfter(record, 'WITHDRAW') !== undefined;
    return may ? ['WITHDRAW'] : [];
  }
  const parties = openSteps(record).map(({ party }) => party);
  const isFree = (obstacles: readonly string[]) => obstacles.length === 0;
  const handles = parties.some((party) =>
    isFree(obstaclesToHandling(record, party, handOf(actor, 'HANDLES'))),
  );
  const decides = parties.some((party) =>
    isFree(obstaclesToDecision(record, party, handOf(actor, 'DECIDES'))),
  );
  const callsUp = actor.school === record.target.school && stateAfter(record, 'CALL_UP') !== undefined;
  const isRunning = record.endedAt === null && record.approvedAt === null;
  const takesPapers = isRunning && actor.school === record.target.school;
  const files = isToBeFiled(record);
  const isOwnDraft = actor.school === record.target.school && stateAfter(record, 'DISCARD') !== undefined;
  return [
    ...(callsUp && isGranted(actor, 'transfer.call-up') ? ['CALL_UP'] : []),
    ...(handles && isGranted(actor, 'transfer.handle') ? ['HANDLE'] : []),
    ...(handles && files && isGranted(actor, 'transfer.prefile') ? ['PREFILE'] : []),
    ...(decides && isGranted(actor, 'transfer.decide') ? [...(files ? [] : ['APPROVE']), 'REFUSE'] : []),
    ...(isOwnDraft && isGranted(actor, 'transfer.discard') ? ['DISCARD'] : []),
    ...(takesPapers && isGranted(actor, 'transfer.hand-in') ? ['HAND_IN'] : []),
  ];
};

/** What stands against the draft of a pupil whose case another school has started meanwhile (TRF-01). */
const startedElsewhere = (today: string): CaseFinding[] =>
  judgeRunning({ openCase: true, registeredAtTarget: false }, today, NATION);

/** Resolvers of cases: the fields of the case alone; whatever else of a pupil is asked, its owner guards. */
export const createCaseViews = (
  core: ServiceCore,
): Pick<Resolvers, 'TransferCase' | 'TransferStep' | 'TransferBlocker' | 'Student'> => ({
  TransferCase: {
    __resolveReference: async ({ id }: { id: string }, { actor, cases, trail }: Context) => {
      if (actor === null || !isGranted(actor, 'transfer.read') || !isUuid(id)) return null;
      const found = await cases.byId.load(id);
      if (found !== null) trail.read(found.person);
      return found;
    },
    student: ({ person }) => ({ id: person }),
    source: ({ source }) => ({ id: source.school }),
    target: ({ target }) => ({ id: target.school }),
    stage: ({ target }) => target.stage,
    grade: async (record) => {
      const promotions = lawPromotions(await core.directory.promotions());
      return gradeNow(record, core.clock.now(), promotions);
    },
    ground: ({ request }) => request.reason.ground,
    appliedOn: ({ request }) => request.appliedOn,
    purgeOn: ({ purgeAt, approvedAt }) =>
      purgeAt === null || approvedAt !== null ? null : shanghaiDate(new Date(Date.parse(purgeAt) - 1)),
    callUp: ({ callUp }) =>
      callUp && {
        deadline: callUp.due && { on: callUp.due.dueOn, provisional: callUp.due.provisional },
        reportedOn: callUp.reportedOn,
        calledUpAt: callUp.calledUpAt,
      },
    filing: (record, _, { actor }) => {
      const { filing, papers } = record;
      if (filing === null) return null;
      const pupil = filedPupil(core, record, actor);
      return {
        ...filing,
        ...{ proofs: [...papers], registrar: filedBy(record, actor), findings: [...filing.findings] },
        ...{ studentName: pupil?.name ?? null, studentNumber: pupil?.studentNumber ?? null },
      };
    },
    steps: (record) => {
      const of = { isDraft: record.startedAt === null, isEnded: isTransferEnd(record.state) };
      return record.steps.map((step) => ({ ...step, ...of }));
    },
    blockers: async (record, _, { cases }) => {
      const { id, startedAt, endedAt } = record;
      if (endedAt !== null) return [];
      const against = await withRemovers(core, actingIn(record), standingAgainst(record));
      const isOvertaken = startedAt === null && (await cases.overtaken.load(id));
      return isOvertaken ? [...startedElsewhere(core.clock.today()), ...against] : against;
    },
    allowedActions: (record, _, { actor }) => actionsOn(record, actor),
  },
  TransferStep: {
    deadline: ({ dueOn }) => dueOn,
    progress: (step) => stepProgress(step, core.clock.today()),
    // Before the start the clock of the four parties has not begun (CF-14).
    overdue: ({ decidedAt, provisional, dueOn, isDraft, isEnded }) =>
      !isDraft && !isEnded && decidedAt === null && !provisional && dueOn < core.clock.today(),
  },
  TransferBlocker: {
    finding: (blocker) => blocker,
    side: ({ side }) => side ?? null,
    removedBy: ({ ownerLevel }) => ownerLevel ?? null,
    restsOn: ({ restsOn }) => [...(restsOn ?? [])],
  },
  Student: {
    __resolveReference: ({ id }: { id: string }) => (isUuid(id) ? { id } : null),
    // Whose child it is the database decides: nobody else's guardian finds a row (PRV-11).
    transfers: async ({ id }, _, { actor, cases, trail }: Context) => {
      enforces('TRF-42');
      authorize(actor, 'transfer.read');
      const found = await cases.ofPerson.load(id);
      if (found.length > 0) trail.read(id);
      return found;
    },
    transferApplications: async ({ id }, _, { actor, applications, trail }: Context) => {
      authorize(actor, 'transfer.read');
      const found = await applications.ofPerson.load(id);
      if (found.length > 0) trail.read(id);
      return found;
    },
  },
});
