import { purgeDue } from '#libs/law/transfer/clocks.ts';
import { type Party, type PlanFacts, planOf, unitOf } from '#libs/law/transfer/parties.ts';
import { NATION } from '#libs/law/transfer/sides.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { awaitedCallUp } from '../call-up/call-up-clock.ts';
import { planFactsOf } from '../cases/judge.ts';
import type { Trail } from '../cases/known-pupil.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import { openStep } from '../cases/turns.ts';
import { Wanted } from '../cases/wanted.ts';
import { withReasonWhereAsked } from '../study/no-reason.ts';
import { type Prepared, prepareCase } from './prepare-case.ts';

/** What would come of a case: what stands against it, who would have a turn, and its clocks if it were started now. */
export type Preview = {
  findings: readonly CaseFinding[];
  parties: readonly { party: Party; unit: string }[];
  /** Until when the party after the receiving school would have decided. */
  firstDeadline: { on: string; provisional: boolean } | null;
  purgeOn: string | null;
  /** Across provinces: until when the file would be called up, if everybody had approved today. */
  callUpDeadline: { on: string; provisional: boolean } | null;
};

const none = { parties: [], firstDeadline: null, purgeOn: null, callUpDeadline: null };

/**
 * Where no family's application and no form of one is named, the school that has the registration stays untold: its authority
 * stands in its place, to be asked (PRV-15).
 */
const shownUnit = (party: Party, facts: PlanFacts, { request, papers }: Prepared['known']): string =>
  party !== 'SOURCE_SCHOOL' || request.application || papers.includes('APPLICATION_FORM')
    ? unitOf(party, facts)
    : facts.source.authority;

const clocksOf = ({ known, situation }: Prepared): Omit<Preview, 'findings'> => {
  const { source, target, now, today, calendar } = situation;
  if (source === undefined) return none;
  const facts = planFactsOf(known, source, target);
  const { turns, way } = planOf(facts, today);
  const first = openStep(turns[1]?.parties[0] ?? 'SOURCE_SCHOOL', 1, facts, situation);
  const callUp = way === 'TRANSFER' ? null : awaitedCallUp(now, calendar).due;
  return {
    parties: turns.flatMap(({ parties }) =>
      parties.map((party) => ({ party, unit: shownUnit(party, facts, known) })),
    ),
    firstDeadline: { on: first.dueOn, provisional: first.provisional },
    purgeOn: purgeDue(new Date(now), NATION, calendar)?.dueDate ?? null,
    callUpDeadline: callUp && { on: callUp.dueOn, provisional: callUp.provisional },
  };
};

/** Every finding on a case that the own school would start, nothing written and no place held. */
export const previewTransfer = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  trail: Trail,
): Promise<Preview> => {
  const caller = authorize(actor, 'transfer.enter');
  const wanted = parseInput(Wanted, withReasonWhereAsked(input));
  const prepared = await prepareCase(core, { actor: caller, trail }, wanted);
  return {
    ...('situation' in prepared ? clocksOf(prepared) : none),
    findings: prepared.findings,
  };
};
