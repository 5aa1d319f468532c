import type { OwnFinding } from '#libs/law/own-finding.ts';
import { judgeMissedClock, overdueStep, workingDaysLate } from '#libs/law/ticket/case-steps.ts';
import { judgeAddressee } from '#libs/law/ticket/slip.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { CaseInput } from '../cases/case-ref.ts';
import { caseName, caseText } from '../cases/case-text.ts';
import type { StepRow } from '../cases/course.ts';
import { type SeenCase, seenCase, timed } from '../cases/seen-case.ts';
import type { Clock } from '../clocks/clock.ts';
import { dueFrom } from '../clocks/due.ts';
import { asPreview } from '../clocks/preview-clock.ts';
import { calendarOf, lawPlaceOf, workplaceBy } from '../standing/places.ts';
import { addresseeOf } from './addressee.ts';

/** A step as a slip tells it. `lateBy`: working days. */
export type DraftStep = { step: StepRow; lateBy: number };

/** A slip as a case fills it in; the clerk goes on from there, nothing of it is kept. */
export type SlipDraft = {
  seen: SeenCase;
  steps: DraftStep[];
  lateUnit: string | null;
  matter: string;
  handlingOpinion: string | null;
  clock: Clock;
  findings: OwnFinding[];
};

/** What is on record of each late step, under the law of the place of whoever was late. */
const missedClocks = async (
  core: ServiceCore,
  { ref, matter }: SeenCase,
  steps: readonly DraftStep[],
): Promise<OwnFinding[]> => {
  const found: OwnFinding[] = [];
  for (const { step, lateBy } of steps) {
    if (lateBy === 0 || (await workplaceBy(core, step.unit)) === undefined) continue;
    const place = await lawPlaceOf(core, step.unit);
    found.push(...judgeMissedClock({ kind: ref.kind, matter }, timed(step), lateBy, place));
  }
  return found;
};

/**
 * The slip that a case fills in by itself: the course of its steps, the party that is waited for beyond its day, the articles of the
 * clocks that were missed, a day until when, and what would stand against sending it there (TKT-10, TKT-11). Without effect.
 */
export const slipDraftFromCase = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<SlipDraft> => {
  const caller = authorize(actor, 'ticket.issue');
  const seen = await seenCase(core, caller, parseInput(CaseInput, input));
  const [today, calendar] = [core.clock.today(), await calendarOf(core)];
  const steps = seen.steps.map((step) => ({
    step,
    lateBy: workingDaysLate(timed(step), today, calendar),
  }));
  const late = overdueStep(seen.steps.map(timed), today);
  const kind = caller.department === 'TECHNICAL' ? 'VERIFICATION' : 'SUPERVISION';
  const own = await core.directory.workplaceOf(caller);
  const addressee = await addresseeOf(core, caller, late?.unit);
  const against =
    late === undefined || own === undefined
      ? []
      : judgeAddressee(kind, addressee.isBelow, today, await lawPlaceOf(core, own.code));
  return {
    ...{ seen, steps, lateUnit: late?.unit ?? null },
    matter: await caseText(core, seen, today, calendar),
    handlingOpinion:
      late === undefined ? null : `请立即办理该${caseName(seen)}业务的本单位环节，并书面说明逾期原因。`,
    clock: asPreview(dueFrom('SLIP', core.clock.now(), calendar)),
    findings: [...(await missedClocks(core, seen, steps)), ...against],
  };
};
