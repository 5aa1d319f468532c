import type { WorkingDayDeadline } from '../working-days.ts';
/** Who has a turn in a case. */
export type Party = 'SCHOOL' | 'AUTHORITY' | 'CITY';

export type CaseState = 'RUNNING' | 'DONE' | 'REFUSED' | 'WITHDRAWN';

/** What a party makes of its step. RETURN gives the case back to the school to be mended. */
export type StepDecision = 'APPROVE' | 'RETURN' | 'REFUSE';

/** A step as it runs: whose turn, until when, who handled it and who decided. Instants RFC 3339. */
export type Step = {
  ordinal: number;
  party: Party;
  /** Code of the school or unit whose turn it is. */
  unit: string;
  openedAt: string;
  dueOn: string;
  provisional: boolean;
  calendarVersion: string;
  /** How the day was counted, where it is in working days; known of a new step only. */
  counted?: { from: string; workingDays: number };
  handledBy: string | null;
  handledAt: string | null;
  opinion: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decision: StepDecision | null;
  reason: string | null;
};

/** A step whose turn has just come: nobody has touched it yet, and its day is as it was counted. */
export const newStep = (
  unit: string,
  openedAt: string,
  due: Pick<WorkingDayDeadline, 'dueDate' | 'provisional' | 'calendarVersion' | 'counted'>,
): Omit<Step, 'ordinal' | 'party' | 'decision'> & { decision: null } => ({
  unit,
  openedAt,
  dueOn: due.dueDate,
  provisional: due.provisional,
  calendarVersion: due.calendarVersion,
  ...(due.counted && { counted: due.counted }),
  handledBy: null,
  handledAt: null,
  opinion: null,
  decidedBy: null,
  decidedAt: null,
  decision: null,
  reason: null,
});

/** A case as its machine sees it; what it is about is its plan's matter. */
export type CaseCourse = { state: CaseState; parties: readonly Party[]; steps: readonly Step[] };

/** Who acts: the login, and the unit or school that it acts for. */
export type Hand = { subject: string; unit: string; role: 'HANDLES' | 'DECIDES' };

/** The hand of a caller: whom it acts for, and as what. */
export const handOf = (
  caller: { subject: string; school?: string | undefined; unit?: string | undefined },
  role: Hand['role'],
): Hand => ({ subject: caller.subject, unit: caller.school ?? caller.unit ?? '', role });

/** Why an action is not this person's now. Each is told with its own rule. */
export type Obstacle =
  | 'CASE_ENDED'
  | 'OTHER_UNIT'
  | 'OTHER_ROLE'
  | 'NOT_HANDLED'
  | 'SAME_PERSON'
  | 'REASON_MISSING';

export const currentStep = ({ state, steps }: CaseCourse): Step | undefined =>
  state === 'RUNNING' ? steps.at(-1) : undefined;

/** What stands against handling the current step by this hand. */
export const obstaclesToHandling = (course: CaseCourse, hand: Hand): Obstacle[] => {
  const step = currentStep(course);
  if (step === undefined) return ['CASE_ENDED'];
  return [
    ...(step.unit === hand.unit ? [] : ['OTHER_UNIT' as const]),
    ...(hand.role === 'HANDLES' ? [] : ['OTHER_ROLE' as const]),
  ];
};

/**
 * What stands against a decision: the step is its unit's, somebody of that unit has handled it, and somebody else of
 * it decides (ACC-18).
 */
export const obstaclesToDecision = (
  course: CaseCourse,
  hand: Hand,
  decision: StepDecision,
  reason: string | null,
): Obstacle[] => {
  const step = currentStep(course);
  if (step === undefined) return ['CASE_ENDED'];
  return [
    ...(step.unit === hand.unit ? [] : ['OTHER_UNIT' as const]),
    ...(hand.role === 'DECIDES' ? [] : ['OTHER_ROLE' as const]),
    ...(step.handledBy === null ? ['NOT_HANDLED' as const] : []),
    ...(step.handledBy === hand.subject ? ['SAME_PERSON' as const] : []),
    ...(decision !== 'APPROVE' && (reason ?? '').trim() === '' ? ['REASON_MISSING' as const] : []),
  ];
};

/** The parties whose approval stands: each since the case was last given back. */
export const approvedBy = <Whose extends string>(
  steps: readonly { party: Whose; decision: StepDecision | null }[],
): Whose[] => {
  const since = steps.findLastIndex(({ decision }) => decision === 'RETURN') + 1;
  return steps.slice(since).flatMap(({ party, decision }) => (decision === 'APPROVE' ? [party] : []));
};

/** Where a decision leads: the turn of another party, back to the school, or the end. */
export type Next =
  | { to: 'PARTY'; party: Party }
  | { to: 'END'; state: Exclude<CaseState, 'RUNNING' | 'WITHDRAWN'> };

/** The way of a case after a decision on its current step. A case that is given back begins again with the school. */
export const nextAfter = ({ parties, steps }: CaseCourse, decision: StepDecision): Next => {
  const party = steps.at(-1)?.party;
  if (decision === 'REFUSE') return { to: 'END', state: 'REFUSED' };
  if (decision === 'RETURN') return { to: 'PARTY', party: parties[0] ?? 'SCHOOL' };
  const next = parties[parties.indexOf(party ?? 'SCHOOL') + 1];
  return next === undefined ? { to: 'END', state: 'DONE' } : { to: 'PARTY', party: next };
};
