import { newStep } from '#libs/law/procedure/course.ts';
import { stepDue } from '#libs/law/transfer/clocks.ts';
import { type Party, type PlanFacts, sideOf, unitOf } from '#libs/law/transfer/parties.ts';
import type { KeptStep } from './case-record.ts';
import type { Situation } from './situation.ts';

/** A step whose turn has come: a party's from now on, for ten working days (TRF-03). */
export const openStep = (
  party: Party,
  turn: number,
  facts: PlanFacts,
  { now, calendar }: Pick<Situation, 'now' | 'calendar'>,
): KeptStep => {
  const place = sideOf(party) === 'SOURCE' ? facts.source.place : facts.target.place;
  const due = stepDue(new Date(now), place, calendar);
  return {
    turn,
    party,
    ...newStep(unitOf(party, facts), now, due),
    reasons: [],
    note: null,
  };
};
