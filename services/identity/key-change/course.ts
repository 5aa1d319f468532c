import type { KeyChangeParty, KeyChangeState } from '#libs/contracts/vocabulary.ts';
import type { CaseCourse, Party, Step } from '#libs/law/procedure/course.ts';

/** A turn of a change: a step of the school or the authority, or the checks of the national system. */
export type Turn = Omit<Step, 'party'> & { party: KeyChangeParty };

type Course = { state: KeyChangeState; steps: readonly Turn[] };

const waiting: Readonly<Record<KeyChangeState, 'PEOPLE' | 'SYSTEM' | 'NOBODY'>> = {
  DRAFTED: 'PEOPLE',
  SCHOOL_HANDLED: 'PEOPLE',
  AUTHORITY_DECIDING: 'PEOPLE',
  CHECK_FAILED: 'PEOPLE',
  RECHECKING: 'SYSTEM',
  APPLIED: 'NOBODY',
  REJECTED: 'NOBODY',
  WITHDRAWN: 'NOBODY',
};

/** The states in which a person has a turn; the checks are nobody's to stop. */
export const isWithPeople = (state: KeyChangeState): boolean => waiting[state] === 'PEOPLE';

/** Whose turn it is now; nobody's after the end. */
export const currentTurn = ({ state, steps }: Course): Turn | undefined =>
  waiting[state] === 'NOBODY' ? undefined : steps.at(-1);

const isOfParty = (turn: Turn): turn is Turn & { party: Party } => turn.party !== 'SYSTEM';

/** The change as the machine of two persons sees it: the checks are no party (ACC-18). */
export const courseOf = ({ state, steps }: Course): CaseCourse => ({
  state: isWithPeople(state) ? 'RUNNING' : 'DONE',
  parties: ['SCHOOL', 'AUTHORITY'],
  steps: steps.filter(isOfParty),
});
