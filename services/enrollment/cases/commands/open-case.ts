import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { Finding } from '#libs/law/finding.ts';
import { judgeHandlingMode } from '#libs/law/organization/handling-mode.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { readEnrollmentId } from '../../enrollment-id.ts';
import { type CaseRecord, insertCase } from '../case-rows.ts';
import { takePapers } from '../evidence.ts';
import { EvidenceKind, IssuerLevel } from '../evidence-kinds.ts';
import type { CasePlan } from '../plan.ts';
import { whileCaseRuns, whileLeaving } from '../running-case.ts';
import { lockRegistration, type Situation, situationOf } from '../situation.ts';
import { openStep } from '../turns.ts';

/** What every request about a registration brings. */
export const CaseInput = z.object({
  idempotencyKey: z.string().min(1).max(100),
  enrollment: z.string().max(100),
  expectedVersion: z.int(),
  evidence: z
    .array(z.object({ upload: Uuid, kind: EvidenceKind, issuerLevel: IssuerLevel.nullish() }))
    .max(20)
    .nullish(),
  /** How the business came in; digitally where nothing is said (ORG-18). */
  handling: z
    .object({
      mode: z.enum(['DIGITAL', 'TRADITIONAL', 'OFFLINE_FIRST']),
      reason: z.string().trim().max(500).nullish(),
    })
    .nullish(),
});
export type CaseInput = z.infer<typeof CaseInput>;

export type Opened = { case: string | null; person: string | null; findings: Finding[] };

/** Every finding on a request, with no effect; what a preview tells. */
export const judgeRequest = <Facts>(plan: CasePlan<Facts>, facts: Facts, situation: Situation): Finding[] => [
  ...whileCaseRuns(situation),
  ...whileLeaving(plan.kind, situation),
  ...plan.judge(facts, situation),
];

/** Digital is the norm: what came in on traditional media says why (ORG-18). */
const judgeHandling = ({ handling }: CaseInput, { today, lawPlace }: Situation): Finding[] =>
  judgeHandlingMode({ mode: handling?.mode ?? 'DIGITAL', reason: handling?.reason ?? null }, today, lawPlace);

type Asked = { input: CaseInput; at: string };

const prepare = async (core: ServiceCore, tx: Tx, caller: Actor, { input }: Asked): Promise<Situation> => {
  const { person, enrollment } = readEnrollmentId(input.enrollment);
  const registration = await lockRegistration(tx, person, enrollment);
  if (registration === undefined || caller.school !== registration.school) throw outOfJurisdiction();
  if (registration.version !== input.expectedVersion) throw versionConflict(registration.version);
  return situationOf(core, tx, registration, {
    evidence: (input.evidence ?? []).map(({ kind, issuerLevel }) => ({
      kind,
      issuerLevel: issuerLevel ?? undefined,
    })),
  });
};

/** A new case; `by` is the registrar who has thereby handled the school's step, null where the system opens it. */
const madeFrom = <Facts>(
  plan: CasePlan<Facts>,
  facts: Facts,
  situation: Situation,
  by: string | null,
  findings: Finding[],
): CaseRecord => {
  const { registration, now } = situation;
  const parties = plan.parties(facts, situation);
  const first = openStep(plan, facts, situation, parties[0] ?? 'SCHOOL', 1);
  return {
    person: registration.person,
    id: uuidv7(),
    enrollment: registration.enrollment,
    school: registration.school,
    place: registration.place,
    province: registration.province,
    kind: plan.kind,
    state: 'RUNNING',
    parties,
    facts,
    findings,
    policyOn: situation.policyOn,
    openedAt: now,
    openedBy: by ?? 'SYSTEM',
    endedAt: null,
    handling: null,
    version: 1,
    steps: [by !== null && first.party === 'SCHOOL' ? { ...first, handledBy: by, handledAt: now } : first],
  };
};

/**
 * The system puts a case before the school, in a worker's transaction that holds the registration: registrar and head
 * have yet to handle and decide it. Nothing where the law refuses it or another case runs; the id otherwise.
 */
export const openBySystem = async <Facts>(
  tx: Tx,
  plan: CasePlan<Facts>,
  facts: Facts,
  situation: Situation,
): Promise<string | null> => {
  const findings = judgeRequest(plan, facts, situation);
  if (findings.some(({ outcome }) => outcome === 'REJECT')) return null;
  const made = madeFrom(plan, facts, situation, null, findings);
  await insertCase(tx, situation.now, made);
  return made.id;
};

/**
 * The school's registrar opens a case about a registration of the own school, and has thereby handled the school's
 * step: its head decides next (ACC-18). Every finding at once; what is rejected opens nothing.
 */
export const openCase = async <Facts>(
  core: ServiceCore,
  actor: Actor | null,
  plan: CasePlan<Facts>,
  facts: Facts,
  input: CaseInput,
): Promise<Opened> => {
  const caller = authorize(actor, 'case.enter');
  const at = core.clock.now();
  const opened = await inScope(core.app, await core.directory.scopeOf(caller), (tx) =>
    once<Opened>(
      tx,
      {
        operation: 'openCase',
        caller: caller.subject,
        key: input.idempotencyKey,
        request: { kind: plan.kind, input, facts },
        at,
      },
      async () => {
        const situation = await prepare(core, tx, caller, { input, at });
        const findings = [...judgeRequest(plan, facts, situation), ...judgeHandling(input, situation)];
        if (findings.some(({ outcome }) => outcome === 'REJECT'))
          return { case: null, person: null, findings };
        const made = {
          ...madeFrom(plan, facts, situation, caller.subject, findings),
          handling: input.handling ?? null,
        };
        await insertCase(tx, at, made);
        await takePapers(tx, made, input.evidence ?? [], caller.subject, at);
        return { case: made.id, person: made.person, findings };
      },
    ),
  );
  core.wakeRelay();
  return opened;
};

/** Every finding on a request of the own school, nothing written. */
export const previewCase = async <Facts>(
  core: ServiceCore,
  actor: Actor | null,
  plan: CasePlan<Facts>,
  facts: Facts,
  input: CaseInput,
): Promise<Finding[]> => {
  const caller = authorize(actor, 'case.enter');
  return inScope(core.app, await core.directory.scopeOf(caller), async (tx) => {
    const situation = await prepare(core, tx, caller, { input, at: core.clock.now() });
    return [...judgeRequest(plan, facts, situation), ...judgeHandling(input, situation)];
  });
};
