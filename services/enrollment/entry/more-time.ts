import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { judgeExtension } from '#libs/law/enrollment/entry-extension.ts';
import { type Finding, finding, findingIfInForce, type LawPlace } from '#libs/law/finding.ts';
import type { EntryDates } from './dates.ts';

const notWaiting = (on: string, place: LawPlace): Finding =>
  finding('ENR-67', {
    code: 'ENTRY_NOT_WAITING',
    outcome: 'REJECT',
    message: '该生已办理注册，或已按未报到处理，不能再延期。',
    messageEn: 'The child has been registered, or is a no-show already.',
    path: ['place'],
    remedy: '请核对该生的入学情况。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const proofMissing = (on: string, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-13', {
    code: 'EXTENSION_PROOF_MISSING',
    outcome: 'REJECT',
    message: '申请延期办理入学手续须提供证明材料。',
    messageEn: 'An extension is asked for with a proof.',
    path: ['proofShown'],
    remedy: '请监护人提供不能按时办理的证明材料。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });

/** A request for more time, and how the entry stands. */
export type MoreTime = { until: string; proofShown: boolean; isWaiting: boolean; dates: EntryDates };

/** Every finding on a request for more time, made on a day (ENR-13). */
export const judgeMoreTime = (
  { until, proofShown, isWaiting, dates: { opensOn, findings: missing } }: MoreTime,
  today: string,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => [
  ...(isWaiting ? [] : [notWaiting(today, place)]),
  ...(proofShown ? [] : proofMissing(today, place)),
  ...missing,
  ...(opensOn === null ? [] : judgeExtension({ opensOn, until }, today, place, calendar)),
];

/** Nobody lets more time through by a reason: what is held waits for the calendar. */
export const isStopped = (findings: readonly Finding[]): boolean =>
  findings.some(({ outcome }) => outcome === 'REJECT' || outcome === 'HOLD');
