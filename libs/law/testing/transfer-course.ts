import type { Hand } from '../procedure/course.ts';
import { newStep } from '../procedure/course.ts';
import { stateAfter, type TransferAct } from '../transfer/acts.ts';
import {
  nextAfter,
  obstaclesToDecision,
  obstaclesToHandling,
  type TransferCourse,
  type TransferDecision,
  type TransferStep,
} from '../transfer/course.ts';
import type { Party, TransferPlan, Way } from '../transfer/parties.ts';

/** Something that is tried on a case: a registrar handles, a head decides, or an act of W-09 to W-11. */
export type Move =
  | { do: 'HANDLE'; party: Party; by: string }
  | { do: 'DECIDE'; party: Party; by: string; decision: TransferDecision }
  | { do: 'ACT'; act: TransferAct };

/** Plans of the three ways, for tests. */
export const PLANS: Readonly<Record<Way, TransferPlan>> = {
  TRANSFER: {
    way: 'TRANSFER',
    turns: [
      { state: 'DRAFT', parties: ['TARGET_SCHOOL'] },
      { state: 'PREFILING', parties: ['PREFILING_BUREAU'] },
      { state: 'PREFILING', parties: ['TARGET_SCHOOL'] },
      { state: 'SOURCE_SCHOOL_REVIEW', parties: ['SOURCE_SCHOOL'] },
      { state: 'AUTHORITIES_REVIEW', parties: ['SOURCE_AUTHORITY', 'TARGET_AUTHORITY'] },
    ],
  },
  CALLED_UP_TRANSFER: {
    way: 'CALLED_UP_TRANSFER',
    turns: [
      { state: 'DRAFT', parties: ['TARGET_SCHOOL'] },
      { state: 'SOURCE_SCHOOL_REVIEW', parties: ['SOURCE_SCHOOL'] },
      {
        state: 'AUTHORITIES_REVIEW',
        parties: ['SOURCE_AUTHORITY', 'TARGET_AUTHORITY', 'TARGET_COMPETENT_AUTHORITY'],
      },
    ],
  },
  STUDY: {
    way: 'STUDY',
    turns: [
      { state: 'DRAFT', parties: ['TARGET_SCHOOL'] },
      { state: 'TARGET_COUNTY_REVIEW', parties: ['TARGET_AUTHORITY'] },
      { state: 'SOURCE_COUNTY_REVIEW', parties: ['SOURCE_AUTHORITY'] },
    ],
  },
};

const AT = '2026-09-07T08:00:00.000+08:00';

const opened = (turn: number, party: Party): TransferStep => ({
  turn,
  party,
  ...newStep(party, AT, { dueDate: '2026-09-21', provisional: false, calendarVersion: '2026' }),
});

/** A new case; each party's unit bears the party's name. */
export const newCourse = (plan: TransferPlan): TransferCourse => ({
  plan,
  state: 'DRAFT',
  steps: (plan.turns[0]?.parties ?? []).map((party) => opened(0, party)),
});

/** Somebody of a party's own unit. */
export const handOf = (party: Party, role: Hand['role'], subject: string): Hand => ({
  subject,
  unit: party,
  role,
});

/** The case after a move, or undefined where its machine refuses it. */
export const moved = (course: TransferCourse, move: Move): TransferCourse | undefined => {
  if (move.do === 'ACT') {
    const state = stateAfter(course, move.act);
    return state && { ...course, state };
  }
  const at = openStepAt(course, move.party);
  if (move.do === 'HANDLE') {
    const free = obstaclesToHandling(course, move.party, handOf(move.party, 'HANDLES', move.by)).length === 0;
    return free ? changed(course, at, { handledBy: move.by, handledAt: AT }) : undefined;
  }
  const hand = handOf(move.party, 'DECIDES', move.by);
  if (obstaclesToDecision(course, move.party, hand).length > 0) return undefined;
  const next = nextAfter(course, move.party, move.decision);
  const decided = changed(course, at, { decidedBy: move.by, decidedAt: AT, decision: move.decision });
  if (next.to === 'WAIT') return decided;
  if (next.to !== 'TURN') return { ...decided, state: next.state };
  return {
    ...decided,
    state: next.state,
    steps: [...decided.steps, ...next.parties.map((party) => opened(next.turn, party))],
  };
};

const openStepAt = ({ steps }: TransferCourse, party: Party): number =>
  steps.findLastIndex((step) => step.party === party && step.decision === null);

const changed = (course: TransferCourse, at: number, changes: Partial<TransferStep>): TransferCourse => ({
  ...course,
  steps: course.steps.map((step, index) => (index === at ? { ...step, ...changes } : step)),
});

/** The cases that moves lead through, the new one first; a move that is refused changes nothing. */
export const played = (way: Way, moves: readonly Move[]): TransferCourse[] => {
  const cases = [newCourse(PLANS[way])];
  for (const each of moves) {
    const next = moved(lastOf(cases), each);
    if (next !== undefined) cases.push(next);
  }
  return cases;
};

/** The last of some cases. */
export const lastOf = (cases: readonly TransferCourse[]): TransferCourse =>
  cases.at(-1) ?? newCourse(PLANS.TRANSFER);

/** A party's registrar handles its step and its head approves. */
export const approvalBy = (party: Party): Move[] => [
  { do: 'HANDLE', party, by: 'registrar' },
  { do: 'DECIDE', party, by: 'head', decision: 'APPROVE' },
];

/** A case after the approvals of these parties, in this order. */
export const caseAfter = (way: Way, ...parties: readonly Party[]): TransferCourse =>
  lastOf(played(way, parties.flatMap(approvalBy)));
