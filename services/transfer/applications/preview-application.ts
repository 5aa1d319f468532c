import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import {
  checksOfSchool,
  isArrangedByCounty,
  type SchoolCheck,
} from '#libs/law/transfer/family-application.ts';
import type { CaseKind } from '#libs/law/transfer/kinds.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { scopeOverOwn } from './apply-for-transfer.ts';
import { FamilyRequest } from './family-request.ts';
import { judgeApplication } from './judge-application.ts';

/** What would come of a family's application: what stands against it, what the school will look at, and until when. */
export type ApplicationPreview = {
  findings: readonly CaseFinding[];
  kind: CaseKind;
  checks: readonly SchoolCheck[];
  answerBy: { on: string; provisional: boolean };
  /** The receiving county arranges a school where this one is full (TRF-10). */
  arrangedByCounty: boolean;
};

/** Every finding on an application that a guardian would make for the own child now, nothing written. */
export const previewApplication = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<ApplicationPreview> => {
  const caller = authorize(actor, 'transfer.apply-own');
  const asked = parseInput(FamilyRequest, input);
  await scopeOverOwn(core, caller, asked.student);
  const { findings, request, situation } = await judgeApplication(core, asked);
  const { now, today, calendar, target } = situation;
  const due = decisionDue(new Date(now), target.place, calendar);
  return {
    findings,
    kind: request.kind,
    checks: checksOfSchool(asked.stage, today, target.place),
    answerBy: { on: due.dueDate, provisional: due.provisional },
    arrangedByCounty: isArrangedByCounty(asked.stage, today, target.place),
  };
};
