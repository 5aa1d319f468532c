import { z } from 'zod';
import { shanghaiDate } from '#libs/law/dates.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import type { OwnFinding } from '#libs/law/own-finding.ts';
import type { RuleId } from '#libs/law/rule-id.ts';
import {
  type CaseLinkFacts,
  type CaseStep,
  judgeCaseLink,
  overdueStep,
} from '#libs/law/ticket/case-steps.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { workplaceBy } from '../standing/places.ts';
import { ticketScopeOf } from '../standing/ticket-scope.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { CaseInput, type CaseRef, readCaseRef } from './case-ref.ts';
import type { StepRow } from './course.ts';
import { stepsOfCases } from './step-rows.ts';

type Core = Pick<ServiceCore, 'app' | 'directory' | 'clock'>;

/** A case whose steps somebody sees. */
export type SeenCase = { ref: CaseRef; person: string; matter: string; steps: readonly StepRow[] };

const seenBy = async (core: Core, caller: Actor, ref: CaseRef): Promise<SeenCase | undefined> => {
  const scope = await ticketScopeOf(core, caller);
  const steps = await inScope(core.app, scope, (tx) => stepsOfCases(tx, [ref]));
  const [first] = steps;
  return first && { ref, person: first.person, matter: first.matter, steps };
};

/** A case as the rows show it to the caller; OUT_OF_JURISDICTION for any other, existing or not (PRV-12). */
export const seenCase = async (core: Core, caller: Actor, asked: CaseInput): Promise<SeenCase> => {
  const found = await seenBy(core, caller, readCaseRef(asked));
  if (found === undefined) throw outOfJurisdiction();
  return found;
};

/** A step in the words of the law: by days. */
export const timed = ({ party, unit, openedAt, dueOn, provisional, doneAt }: StepRow): CaseStep => ({
  ...{ party, unit, dueOn, provisional, openedOn: shanghaiDate(new Date(openedAt)) },
  doneOn: doneAt === null ? null : shanghaiDate(new Date(doneAt)),
});

/** The unit that is waited for beyond its day, where it is one that handles tickets. */
const overdueOf = async (core: Core, { steps }: SeenCase): Promise<string | null> => {
  const unit = overdueStep(steps.map(timed), core.clock.today())?.unit;
  return unit !== undefined && (await workplaceBy(core, unit)) !== undefined ? unit : null;
};

/** How a ticket names a case and the party of it that is late. */
export const CaseLinking = z.object({ case: CaseInput.nullish(), lateUnit: z.string().max(20).nullish() });
export type CaseLinking = z.infer<typeof CaseLinking>;

/** The case that a ticket is to name. `seen`: its steps, where the caller sees them. */
export type CaseLink = {
  asked: CaseLinking;
  ref: CaseRef | null;
  seen: SeenCase | undefined;
  lateUnit: string | null;
};

const nothing: Pick<Ticket, 'case' | 'lateUnit'> = { case: null, lateUnit: null };

/**
 * The case and the late party that somebody names; else those of the ticket above, else the party that is waited for beyond its
 * day. OUT_OF_JURISDICTION for a case that the caller does not see.
 */
export const caseLinkOf = async (
  core: Core,
  caller: Actor,
  asked: CaseLinking,
  above: Pick<Ticket, 'case' | 'lateUnit'> = nothing,
): Promise<CaseLink> => {
  const named = asked.case ? await seenCase(core, caller, asked.case) : undefined;
  const ref = named?.ref ?? above.case;
  const seen = named ?? (ref === null ? undefined : await seenBy(core, caller, ref));
  const waited = seen === undefined ? null : await overdueOf(core, seen);
  const known = named === undefined ? above.lateUnit : null;
  return { asked, ref, seen, lateUnit: asked.lateUnit || known || waited };
};

/** Everything that stands against such a link in a ticket about that student (TKT-01, TKT-10, TKT-11). */
export const judgeLink = (
  { asked, seen, ...link }: CaseLink,
  of: Pick<CaseLinkFacts, 'student' | 'handler'>,
  rule: RuleId,
  on: string,
  place: LawPlace,
): OwnFinding[] =>
  judgeCaseLink(
    {
      ...of,
      case: seen && { person: seen.person, units: seen.steps.map(({ unit }) => unit) },
      named: asked.lateUnit || null,
      lateUnit: link.lateUnit,
    },
    rule,
    on,
    place,
  );
