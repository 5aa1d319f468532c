import type { Hand, Obstacle, Step } from '../procedure/course.ts';
import { type Party, type ReviewState, sideOf, type TransferPlan } from './parties.ts';

/** States after the last approval that are not yet an end. */
export type CompletionState = 'APPROVED' | 'AWAIT_REPORTING' | 'CALL_UP';

/** How a case ends. DISCARDED: a draft or filing that never became a case. */
export type TransferEnd =
  | 'HANDED_OVER'
  | 'REJECTED'
  | 'WITHDRAWN'
  | 'PURGED'
  | 'AUTO_CANCELLED'
  | 'DISCARDED';

/**
 * The state of a case (W-09, W-10, W-11). A case exists in the sense of the law from its start; DRAFT and PREFILING lie
 * before it (CF-14).
 */
export type TransferState = ReviewState | CompletionState | TransferEnd;

/** What a party makes of its step. In DRAFT and after the filing the receiving school's approval is the start. */
export type TransferDecision = 'APPROVE' | 'REFUSE';

/** A party's step as it runs; `turn`: the index of its turn in the plan. Instants RFC 3339. */
export type TransferStep = Omit<Step, 'ordinal' | 'party' | 'decision'> & {
  turn: number;
  party: Party;
  decision: TransferDecision | null;
};

/** A case as its machine sees it: its plan, its state and every step that was ever opened. */
export type TransferCourse = {
  plan: TransferPlan;
  state: TransferState;
  steps: readonly TransferStep[];
};

/** Why a step is not this person's now; OUT_OF_ORDER: it is not this party's turn. */
export type TransferObstacle = Exclude<Obstacle, 'REASON_MISSING'> | 'OUT_OF_ORDER';

const ENDS: ReadonlySet<TransferState> = new Set<TransferEnd>([
  'HANDED_OVER',
  'REJECTED',
  'WITHDRAWN',
  'PURGED',
  'AUTO_CANCELLED',
  'DISCARDED',
]);

/** True for a state that nothing leaves. */
export const isTransferEnd = (state: TransferState): state is TransferEnd => ENDS.has(state);

/** The turn that a case has reached, by its index in the plan. */
export const currentTurn = ({ steps }: Pick<TransferCourse, 'steps'>): number =>
  steps.reduce((latest, { turn }) => Math.max(latest, turn), 0);

/**
 * True while it is the receiving school's turn to start the case: its last turn in the plan, which is the draft itself or
 * follows on the bureau's approval of the filing (TRF-46).
 */
export const isStarting = (course: Pick<TransferCourse, 'plan' | 'steps'>): boolean =>
  currentTurn(course) === course.plan.turns.findLastIndex(({ parties }) => parties.includes('TARGET_SCHOOL'));

/** True while a draft waits to be filed with the bureau, before anything else can be done with it (TRF-46). */
export const isToBeFiled = ({ plan, state }: Pick<TransferCourse, 'plan' | 'state'>): boolean =>
  state === 'DRAFT' && plan.turns[1]?.state === 'PREFILING';

/** True where the bureau has approved the filing. */
export const isPrefiled = ({ steps }: Pick<TransferCourse, 'steps'>): boolean =>
  steps.some(({ party, decision }) => party === 'PREFILING_BUREAU' && decision === 'APPROVE');

/** The steps that wait for a decision, in the order of the plan; none once the parties are done. */
export const openSteps = (course: TransferCourse): TransferStep[] => {
  const turn = currentTurn(course);
  const deciding = course.plan.turns[turn]?.state === course.state;
  return deciding ? course.steps.filter((step) => step.turn === turn && step.decision === null) : [];
};

/** What stands against handling a party's step by this hand. */
export const obstaclesToHandling = (course: TransferCourse, party: Party, hand: Hand): TransferObstacle[] => {
  const step = openSteps(course).find((each) => each.party === party);
  if (step === undefined) return [noTurn(course)];
  return [
    ...(step.unit === hand.unit ? [] : ['OTHER_UNIT' as const]),
    ...(hand.role === 'HANDLES' ? [] : ['OTHER_ROLE' as const]),
  ];
};

/**
 * What stands against deciding a party's step: the step is its unit's, somebody of that unit has handled it, and
 * somebody else of it decides (TRF-43). Whether the reason of a refusal is lawful is for `judgeTransferRefusal`.
 */
export const obstaclesToDecision = (course: TransferCourse, party: Party, hand: Hand): TransferObstacle[] => {
  const step = openSteps(course).find((each) => each.party === party);
  if (step === undefined) return [noTurn(course)];
  return [
    ...(step.unit === hand.unit ? [] : ['OTHER_UNIT' as const]),
    ...(hand.role === 'DECIDES' ? [] : ['OTHER_ROLE' as const]),
    ...(step.handledBy === null ? ['NOT_HANDLED' as const] : []),
    ...(step.handledBy === hand.subject ? ['SAME_PERSON' as const] : []),
  ];
};

const noTurn = ({ state }: TransferCourse): TransferObstacle =>
  isTransferEnd(state) ? 'CASE_ENDED' : 'OUT_OF_ORDER';

/**
 * Where a decision leads. WAIT: another party of the same turn has yet to decide. TURN: steps open for these parties.
 * COMPLETE: everybody has approved. END: a refusal ends the case, whoever else has yet to decide.
 */
export type TransferNext =
  | { to: 'WAIT' }
  | { to: 'TURN'; turn: number; state: ReviewState; parties: readonly Party[] }
  | { to: 'COMPLETE'; state: 'APPROVED' | 'AWAIT_REPORTING' }
  | { to: 'END'; state: 'REJECTED' };

/**
 * The way of a case after a decision on a party's open step. Throws RangeError when that party has none: ask for the
 * obstacles first.
 */
export const nextAfter = (course: TransferCourse, party: Party, decision: TransferDecision): TransferNext => {
  const open = openSteps(course);
  if (!open.some((step) => step.party === party)) throw new RangeError(`it is not the turn of ${party}`);
  if (decision === 'REFUSE') return { to: 'END', state: 'REJECTED' };
  if (open.some((step) => step.party !== party)) return { to: 'WAIT' };
  const { way, turns } = course.plan;
  const turn = currentTurn(course) + 1;
  const next = turns[turn];
  if (next !== undefined) return { to: 'TURN', turn, ...next };
  return { to: 'COMPLETE', state: way === 'TRANSFER' ? 'APPROVED' : 'AWAIT_REPORTING' };
};

/** The parties whose approval a case still lacks, in the order of the plan. */
export const missingApprovals = ({ plan, steps }: Pick<TransferCourse, 'plan' | 'steps'>): Party[] =>
  plan.turns.flatMap(({ parties }, turn) =>
    parties.filter(
      (party) =>
        !steps.some((step) => step.turn === turn && step.party === party && step.decision === 'APPROVE'),
    ),
  );

/**
 * The authorities that let a HOLD through, each with its own written reason: those of the side whose law it is. What both
 * sides' laws say, or the nation's, is the receiving side's; so is everything where one authority stands for both.
 */
export const letThroughBy = (
  parties: readonly Party[],
  side: 'SOURCE' | 'TARGET' | 'BOTH' | 'NATION' | undefined,
): Party[] => {
  const authorities = parties.filter((party) => party.endsWith('AUTHORITY'));
  const own = authorities.filter((party) => side === 'SOURCE' && sideOf(party) === 'SOURCE');
  return [...new Set(own.length > 0 ? own : authorities.filter((party) => sideOf(party) === 'TARGET'))];
};

/** A plan in which authorities have one more turn after the last: what they approved has changed since (ours). */
export const withAnotherTurn = ({ way, turns }: TransferPlan, parties: readonly Party[]): TransferPlan => {
  const before = turns.findLast((turn) => turn.parties.some((party) => parties.includes(party)));
  if (before === undefined) throw new RangeError('only who has had a turn has another');
  return { way, turns: [...turns, { state: before.state, parties }] };
};
