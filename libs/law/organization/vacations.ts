import { addDays, type IsoDate } from '../dates.ts';
import type { ExceptedDays } from '../working-days.ts';
import type { Term } from './term-calendar.ts';

/** The days outside of the terms of a jurisdiction. */
export type Vacations = {
  /** Winter and summer vacations: from the end of a term to the opening of the very next one. */
  known: readonly ExceptedDays[];
  /** Days after a term whose next one has not been entered: nobody can tell yet how long that vacation is. */
  unknown: readonly ExceptedDays[];
};

const END_OF_TIME: IsoDate = '9999-12-31';

const isNext = (term: Term, next: Term): boolean =>
  term.season === 'AUTUMN'
    ? next.season === 'SPRING' && next.schoolYear === term.schoolYear
    : next.season === 'AUTUMN' && next.schoolYear === term.schoolYear + 1;

/** The vacations between the terms that a jurisdiction has entered (ORG-28); without any term there are none. */
export const vacationsBetween = (terms: readonly Term[]): Vacations => {
  const inOrder = terms.toSorted((a, b) => (a.opensOn < b.opensOn ? -1 : 1));
  const known: ExceptedDays[] = [];
  const unknown: ExceptedDays[] = [];
  for (const [at, term] of inOrder.entries()) {
    const next = inOrder[at + 1];
    const from = addDays(term.closesOn, 1);
    if (next !== undefined && isNext(term, next)) known.push({ from, to: addDays(next.opensOn, -1) });
    else unknown.push({ from, to: next === undefined ? END_OF_TIME : addDays(next.opensOn, -1) });
  }
  return { known, unknown };
};
