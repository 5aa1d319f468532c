import { newStep } from '#libs/law/procedure/course.ts';
import { stepDue, stepReportClock } from '#libs/law/transfer/clocks.ts';
import { type Party, type PlanFacts, sideOf, unitOf } from '#libs/law/transfer/parties.ts';
import type { KeptStep } from './case-record.ts';
import type { Situation } from './situation.ts';

/** A step whose turn has come: a party's from now on, for ten working days (TRF-03). */
export const openStep = (
  party: Party,
  turn: number,
  facts: PlanFacts,
  { now, calendar, source, target }: Pick<Situation, 'now' | 'calendar' | 'source' | 'target'>,
): KeptStep => {
  const isSource = sideOf(party) === 'SOURCE';
  const { place } = isSource ? facts.source : facts.target;
  const terms = (isSource ? source : target)?.terms ?? [];
  const due = stepDue(new Date(now), place, calendar);
  const report = stepReportClock(new Date(now), place, calendar, terms);
  return {
    turn,
    party,
    ...newStep(unitOf(party, facts), now, due),
    ...{ reportDueOn: report.dueDate, reportProvisional: report.provisional },
    reasons: [],
    note: null,
  };
};
