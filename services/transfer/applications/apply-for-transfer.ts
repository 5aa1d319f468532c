import { z } from 'zod';
import { enforces } from '#libs/law/enforces.ts';
import { isRejected } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { withinOrder } from '#libs/platform/permissions/own-order.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { sealApplicant } from './applicant.ts';
import { answerDue } from './application-due.ts';
import type { ApplicationRecord } from './application-record.ts';
import { FamilyRequest } from './family-request.ts';
import { type JudgedApplication, judgeApplication } from './judge-application.ts';
import { alreadyApplied } from './own-application-finding.ts';
import { saveNewApplication } from './save-application.ts';

const Applying = FamilyRequest.extend({ idempotencyKey: z.string().min(1).max(100) });

/** What became of an order about an application. */
export type Answered = { application: string | null; findings: readonly CaseFinding[] };

/** The scope of a guardian to whom a child belongs; OUT_OF_JURISDICTION for any other child, and for one that is nobody. */
export const scopeOverOwn = async (core: ServiceCore, caller: Actor, student: string): Promise<Scope> => {
  enforces('PRV-11', 'TRF-05');
  const scope = await core.directory.scopeOf(caller);
  if (!scope.persons.includes(student)) throw outOfJurisdiction();
  return scope;
};

/** The application as it is made now: the school answers promptly, which is ten working days (CF-49). */
const applicationOf = (
  core: ServiceCore,
  caller: Actor,
  { reason }: FamilyRequest,
  { id, applicant, request, situation, findings }: JudgedApplication,
  person: string,
): ApplicationRecord | undefined => {
  const { now, today, calendar, source, target } = situation;
  if (source === undefined) return undefined;
  const due = answerDue(now, target.place, calendar);
  const { code, place, province, authority } = target.school;
  const from = source.school;
  return {
    ...{ id, person, place, province, school: code, authority, state: 'APPLIED', reason, findings },
    ...{ kind: request.kind, stage: request.stage, grade: request.grade },
    sealed: sealApplicant(core, id, applicant),
    source: {
      ...{ school: from.code, place: from.place, province: from.province, authority: from.authority },
    },
    ...{ appliedOn: today, appliedBy: caller.subject, appliedAt: now },
    ...due,
    ...{ arranged: false, follows: null, papersAsked: [], answeredBy: null, answeredAt: null, reasons: [] },
    ...{
      note: null,
      proposal: null,
      placeKeptUntil: null,
      transfer: null,
      endedAt: null,
      version: 1,
      events: 0,
    },
  };
};

/**
 * A guardian applies for the own child (TRF-05): no number and no paper is asked for (TRF-22), and the day is the server's.
 * Everything that stands against it is told at once; it is refused only for what is rejected whoever asks.
 */
export const applyForTransfer = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Answered> => {
  const caller = authorize(actor, 'transfer.apply-own');
  const { idempotencyKey: key, ...asked } = parseInput(Applying, input);
  const scope = await scopeOverOwn(core, caller, asked.student);
  const judged = await judgeApplication(core, asked);
  const { findings } = judged;
  const at = core.clock.now();
  const applied = await withinOrder(core, caller, scope, asked.student, (tx) =>
    once<Answered>(
      tx,
      { operation: 'applyForTransfer', caller: caller.subject, key, request: asked, at },
      async () => {
        const made = applicationOf(core, caller, asked, judged, asked.student);
        if (made === undefined || isRejected(findings)) return { application: null, findings };
        const against = await saveNewApplication(tx, at, made, alreadyApplied);
        if (against.length > 0) return { application: null, findings: against };
        return { application: made.id, findings };
      },
    ),
  );
  core.wakeRelay();
  return applied;
};
