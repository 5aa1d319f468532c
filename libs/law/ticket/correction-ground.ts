import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { TicketState } from './course.ts';
import type { Department } from './slip.ts';

/**
 * Why a ticket may end in an order to correct: a supervision slip that passed its day unanswered, one whose answer was sent back, a
 * complaint that was found true, or a step of a case that the system itself has put on record as late.
 */
export const CORRECTION_GROUNDS = [
  'SLIP_MISSED',
  'SLIP_UNSATISFACTORY',
  'COMPLAINT_FOUND_TRUE',
  'LATE_STEP',
] as const;
export type CorrectionGround = (typeof CORRECTION_GROUNDS)[number];

/** A ticket as far as an order to correct may rest on it. */
export type GroundFacts =
  | { kind: 'SUPERVISION'; missed: boolean; returned: boolean }
  | { kind: 'VERIFICATION' }
  | { kind: 'ROOT'; state: TicketState; bySystem: boolean };

/** States in which what was complained of has been looked into. */
const LOOKED_INTO: ReadonlySet<TicketState> = new Set(['VERIFIED', 'HANDLED', 'CLOSED']);

/** The ground that a ticket gives; undefined where there is none yet (ORG-20 to ORG-23; which they are is ours). */
export const correctionGroundOf = (facts: GroundFacts): CorrectionGround | undefined => {
  if (facts.kind === 'VERIFICATION') return undefined;
  if (facts.kind === 'SUPERVISION') {
    if (facts.missed) return 'SLIP_MISSED';
    return facts.returned ? 'SLIP_UNSATISFACTORY' : undefined;
  }
  if (facts.bySystem) return 'LATE_STEP';
  return LOOKED_INTO.has(facts.state) ? 'COMPLAINT_FOUND_TRUE' : undefined;
};

/** An order to correct that somebody wants to rest on a ticket. `isParty`: the ticket is about whoever is to correct. */
export type CorrectionByTicket = {
  department: Department | null;
  ground: CorrectionGround | null;
  isParty: boolean;
  /** The field that names whoever is to correct. */
  field: 'school' | 'unit';
};

/**
 * Everything that stands against resting an order to correct on a ticket, told at once: it is the administrative department's (as the
 * supervision slip, TKT-08), rests on what the ticket has shown, and goes to whom the ticket is about (ORG-23).
 */
export const judgeCorrectionByTicket = (
  { department, ground, isParty, field }: CorrectionByTicket,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const common = { outcome: 'REJECT' as const, on, place };
  return [
    ...(department === 'ADMINISTRATIVE'
      ? []
      : [
          finding('TKT-08', {
            ...common,
            code: 'ISSUER_MUST_BE_ADMINISTRATIVE',
            message: '责令改正由行政部门作出。',
            messageEn: 'An order to correct is given by the administrative department.',
            path: ['ticket'],
            remedy: '请由行政部门办理。',
          }),
        ]),
    ...(ground === null
      ? [
          finding('ORG-23', {
            ...common,
            code: 'NO_GROUND_TO_CORRECT',
            message: '该工单尚未查实，也没有逾期或被退回的督办单，不能据以责令改正。',
            messageEn:
              'The ticket has not been looked into, and no supervision slip was missed or sent back.',
            path: ['ticket'],
            remedy: '请先核查或督办；查实后再责令改正。',
          }),
        ]
      : []),
    ...(isParty
      ? []
      : [
          finding('ORG-23', {
            ...common,
            code: 'NOT_PARTY_TO_TICKET',
            message: '该工单不涉及所责令的学校或单位。',
            messageEn: 'The ticket is not about whoever is to correct.',
            path: [field],
            remedy: '请核对工单和被责令的学校或单位。',
          }),
        ]),
  ];
};
