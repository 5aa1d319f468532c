import { TransferDrafted } from '#libs/contracts/events/transfer.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import { purgeDue } from '#libs/law/transfer/clocks.ts';
import { isToBeFiled } from '#libs/law/transfer/course.ts';
import { planOf } from '#libs/law/transfer/parties.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { canonicalJson, once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lockWaiting, takeUp } from '../applications/application-at.ts';
import { tellApplication } from '../applications/application-signal.ts';
import { applicationNotOpen } from '../applications/own-application-finding.ts';
import type { CaseRecord, CaseSide } from '../cases/case-record.ts';
import { planFactsOf } from '../cases/judge.ts';
import type { Trail } from '../cases/known-pupil.ts';
import { birthContext } from '../cases/lookup.ts';
import { type CaseFinding, draftedAlready } from '../cases/own-finding.ts';
import { addPapers } from '../cases/paper-rows.ts';
import { caseFacts, saveNewCase, type Told } from '../cases/save-case.ts';
import type { Situated } from '../cases/situation.ts';
import { stepsOpened } from '../cases/steps-opened.ts';
import { openStep } from '../cases/turns.ts';
import { Initiating } from '../cases/wanted.ts';
import { pupilOnSheet } from '../filing/filed-pupil.ts';
import { withReasonWhereAsked } from '../study/no-reason.ts';
import { withRecord } from './on-case.ts';
import { type Prepared, prepareCase } from './prepare-case.ts';

/** What came of an order. `record`: the case as it stands then, in the caller's scope; absent where nothing was read again. */
export type Moved = { transfer: string | null; findings: readonly CaseFinding[]; record?: CaseRecord };

const sideOf = ({ school }: Situated, stage: CaseSide['stage']): CaseSide => ({
  school: school.code,
  place: school.place,
  province: school.province,
  authority: school.authority,
  stage,
});

/** A competent authority has a turn of its own (TRF-25). */
const decidesBeside = ({ turns }: CaseRecord['plan']): boolean =>
  turns.some(({ parties }) => parties.includes('TARGET_COMPETENT_AUTHORITY'));

/** The draft of a case, handled by the registrar who made it; undefined where a fact is missing that it rests on. */
const draftOf = (
  core: Pick<ServiceCore, 'sealing'>,
  { id, pupil, shown, known, situation, findings }: Prepared,
  by: string,
): CaseRecord | undefined => {
  const { registration, source, target, cohort, now, today } = situation;
  if (registration === null || source === undefined || cohort === undefined) return undefined;
  const { request, papers } = known;
  const facts = planFactsOf(known, source, target);
  const step = openStep('TARGET_SCHOOL', 0, facts, situation);
  const plan = planOf(facts, today);
  const sheet = isToBeFiled({ plan, state: 'DRAFT' }) ? pupilOnSheet(shown) : {};
  return {
    id,
    person: pupil.person,
    enrollment: registration.enrollment,
    registrationVersion: registration.version,
    standsStill: registration.frozenAt !== null,
    kind: request.kind,
    state: 'DRAFT',
    source: sideOf(source, registration.stage),
    target: {
      ...sideOf(target, cohort.stage),
      ...cohort,
      schoolClass: request.schoolClass ?? null,
      competent: decidesBeside(plan) ? target.competent : null,
    },
    request,
    papers,
    filing: null,
    gradeConsent: false,
    sealed: core.sealing.seal(JSON.stringify({ birthDate: pupil.birthDate, ...sheet }), birthContext(id)),
    plan,
    findings,
    policyOn: today,
    openedAt: now,
    openedBy: by,
    startedAt: null,
    purgeAt: purgeDue(new Date(now), NATION, situation.calendar)?.dueAt.toISOString() ?? null,
    approvedAt: null,
    callUp: null,
    endedAt: null,
    waitsUntil: null,
    releasePlace: false,
    version: 1,
    events: 0,
    steps: [{ ...step, handledBy: by, handledAt: now }],
  };
};

const drafted = async (core: ServiceCore, made: CaseRecord, papers: readonly string[]): Promise<Told[]> => [
  { kind: TransferDrafted, data: { ...caseFacts(made), papers: [...papers] } },
  ...(await stepsOpened(core, made)),
];

/**
 * The registrar of the receiving school puts a case together for a pupil whom the school knows by number and name; its head
 * starts it (TRF-02, TRF-43). Every finding at once; what is rejected makes no case.
 */
export const initiateTransfer = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  trail: Trail,
): Promise<Moved> => {
  const caller = authorize(actor, 'transfer.enter');
  const { idempotencyKey: key, wanted } = parseInput(Initiating, withReasonWhereAsked(input));
  const handed = wanted.evidence;
  const prepared = await prepareCase(core, { actor: caller, trail }, wanted);
  const scope = await core.directory.scopeOf(caller);
  const within = <T>(work: (tx: Tx) => Promise<T>) => inScope(core.app, scope, work);
  const uploads = handed.map(({ upload }) => upload);
  const held = await holdForRequest(core, { caller, key, uploads }, within, async () => prepared.findings);
  const { findings } = prepared;
  // Numbers and names must not be guessed from what is kept of a request: it is kept under a key.
  const request = core.sealing.hash('request', canonicalJson(wanted)).toString('base64url');
  const at = core.clock.now();
  const moved = await within(async (tx) => {
    const answer = await once<Moved>(
      tx,
      { operation: 'initiateTransfer', caller: caller.subject, key, request, at },
      async () => {
        const made = 'known' in prepared ? draftOf(core, prepared, caller.subject) : undefined;
        if (made === undefined || isRejected(findings)) return { transfer: null, findings };
        const applied = wanted.by === 'GUARDIAN' ? await lockWaiting(tx, wanted.application) : null;
        if (applied === undefined) return { transfer: null, findings: [applicationNotOpen] };
        if (!(await saveNewCase(tx, at, made, await drafted(core, made, uploads)))) {
          return { transfer: null, findings: [draftedAlready] };
        }
        await addPapers(tx, made, papersOf(held, handed), caller.subject, at);
        if (applied !== null) await takeUp(tx, at, applied, made.id);
        return { transfer: made.id, findings };
      },
    );
    return withRecord(tx, answer);
  });
  core.wakeRelay();
  if (wanted.by === 'GUARDIAN') tellApplication(core, wanted.application);
  return moved;
};
