import { isCompulsory } from '../layers.ts';
import type { RuleId } from '../rule-id.ts';
import type { StatusEvent, TransitionFacts } from './status.ts';

/** A rule and the code under which it refuses. */
export type Reason = readonly [RuleId, string];

const NOT_FROM_HERE = 'STATUS_DOES_NOT_ALLOW';
const ENDED = 'REGISTRATION_ENDED';

/** In force everywhere since the first measure: the register shows what happened, and nothing else. */
export const LAST_RESORT: Reason = ['ENR-67', NOT_FROM_HERE];

const aboutStage = ({ event, stage, status }: TransitionFacts): Reason[] => {
  if (status === 'CANCELLED' || status === 'REFUSED') return [];
  if (isCompulsory(stage)) return COMPULSORY[event] ?? [];
  return stage === 'PRESCHOOL' && NOT_IN_PRESCHOOL.has(event) ? [['PRE-01', 'CHANGE_TYPE_UNKNOWN']] : [];
};

/** Before ENR-53 is in force the registration is kept by the measure of 2013 (ENR-56). */
const COMPULSORY: Partial<Record<StatusEvent, Reason[]>> = {
  WITHDRAW: [
    ['ENR-53', 'WITHDRAWAL_FORBIDDEN_COMPULSORY'],
    ['ENR-56', 'WITHDRAWAL_FORBIDDEN_COMPULSORY'],
  ],
  EXPEL: [
    ['ENR-53', 'EXPULSION_FORBIDDEN_COMPULSORY'],
    ['ENR-56', 'EXPULSION_FORBIDDEN_COMPULSORY'],
  ],
  CANCEL_ADMISSION: [
    ['ENR-15', 'REASSIGN_SCHOOL'],
    ['ENR-53', NOT_FROM_HERE],
  ],
  COMPLETE: [['CRT-04', 'TYPE_NOT_APPLICABLE']],
  DECLARE_INCOMPLETE: [['CRT-05', 'TYPE_NOT_APPLICABLE']],
};

const NOT_IN_PRESCHOOL: ReadonlySet<StatusEvent> = new Set([
  'SUSPEND',
  'RESUME',
  'COMPLETE',
  'WITHDRAW',
  'DECLARE_INCOMPLETE',
  'EXPEL',
  'LEAVE_OTHERWISE',
  'COME_BACK',
  'GO_ABROAD',
  'RETURN_FROM_ABROAD',
  'CANCEL_ADMISSION',
  'ADMIT_CROSS_PROVINCE',
  'TAKE_UP_AFTER_TRANSFER',
  'ENTER_SPECIALIZED_SCHOOL',
  'LEAVE_SPECIALIZED_SCHOOL',
]);

/** What would end or take away a registration. */
const REMOVALS: ReadonlySet<StatusEvent> = new Set([
  'REFUSE',
  'GRADUATE',
  'COMPLETE',
  'WITHDRAW',
  'EXPEL',
  'LEAVE_OTHERWISE',
  'GO_ABROAD',
  'CANCEL_ADMISSION',
  'CANCEL',
]);

/** What happens only to somebody who studies at the school. */
const OF_PUPILS: ReadonlySet<StatusEvent> = new Set([
  'SUSPEND',
  'GRADUATE',
  'COMPLETE',
  'WITHDRAW',
  'EXPEL',
  'LEAVE_OTHERWISE',
  'GO_ABROAD',
  'ENTER_SPECIALIZED_SCHOOL',
  'LEAVE_SPECIALIZED_SCHOOL',
]);

const aboutStatus = ({ status, event }: TransitionFacts): Reason[] => {
  switch (status) {
    case 'CANCELLED':
      return [['ENR-63', ENDED]];
    case 'REFUSED':
      return [['ENR-08', ENDED]];
    case 'PENDING_APPROVAL':
    case 'RETURNED_TO_SCHOOL':
      return event === 'CANCEL' ? [] : [['ENR-08', 'NEW_REGISTRATION_NOT_APPROVED']];
    case 'SUSPENDED':
      if (event === 'TAKE_UP_AFTER_TRANSFER') return [['TRF-20', 'SUSPENDED']];
      return REMOVALS.has(event) ? [['ENR-43', 'SUSPENDED_REGISTRATION_PROTECTED']] : [];
    case 'ADMITTED':
      return OF_PUPILS.has(event) ? [['ENR-27', 'NOT_REPORTED']] : [];
    default:
      return [];
  }
};

/** The rule behind each event, for where the status alone forbids it. */
const EVENT_RULES: Record<StatusEvent, readonly Reason[]> = {
  APPROVE: [['ENR-08', 'NOT_WAITING_FOR_APPROVAL']],
  SEND_BACK: [['ENR-08', 'NOT_WAITING_FOR_APPROVAL']],
  REFUSE: [['ENR-08', 'NOT_WAITING_FOR_APPROVAL']],
  RESUBMIT: [['ENR-08', 'NOT_RETURNED_TO_SCHOOL']],
  SUSPEND: [['ENR-39', NOT_FROM_HERE]],
  RESUME: [['ENR-49', NOT_FROM_HERE]],
  GRADUATE: [['ENR-30', NOT_FROM_HERE]],
  ADMIT: [['ENR-27', 'NOT_GRADUATED']],
  ADMIT_CROSS_PROVINCE: [['ENR-27', 'NOT_GRADUATED']],
  REPORT: [['ENR-27', 'NOT_ADMITTED']],
  CANCEL_ADMISSION: [['ENR-15', NOT_FROM_HERE]],
  RELEASE_FOR_ADMISSION: [['ENR-27', NOT_FROM_HERE]],
  ROLL_BACK_ADMISSION: [['ENR-34', 'ROLLBACK_NOT_ALLOWED']],
  ROLL_BACK_GRADUATION: [['ENR-35', 'ROLLBACK_NOT_ALLOWED']],
  COMPLETE: [['CRT-04', NOT_FROM_HERE]],
  WITHDRAW: [['ENR-55', NOT_FROM_HERE]],
  DECLARE_INCOMPLETE: [['CRT-05', NOT_FROM_HERE]],
  EXPEL: [],
  LEAVE_OTHERWISE: [['ENR-58', NOT_FROM_HERE]],
  COME_BACK: [['ENR-58', NOT_FROM_HERE]],
  GO_ABROAD: [['ENR-65', NOT_FROM_HERE]],
  RETURN_FROM_ABROAD: [['ENR-66', NOT_FROM_HERE]],
  TAKE_UP_AFTER_TRANSFER: [['TRF-21', 'STATUS_NOT_TRANSFERABLE']],
  ENTER_SPECIALIZED_SCHOOL: [['ENR-22', NOT_FROM_HERE]],
  LEAVE_SPECIALIZED_SCHOOL: [['ENR-22', NOT_FROM_HERE]],
  DIE: [['ENR-63', ENDED]],
  CANCEL: [
    ['ENR-64', 'CANCELLATION_REASON_NOT_ALLOWED'],
    ['ENR-63', 'CANCELLATION_REASON_NOT_ALLOWED'],
  ],
};

/** The rules that may stand behind a refusal: about the stage, about the status, about the event, in this order. */
export const reasonsAgainst = (facts: TransitionFacts): readonly Reason[] => [
  ...aboutStage(facts),
  ...aboutStatus(facts),
  ...EVENT_RULES[facts.event],
  LAST_RESORT,
];
