import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { LAYERS, type Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { isLate, type StepClock } from './step-clock.ts';

/** A death as the school reports it. */
export type DeathFacts = {
  stage: Stage;
  diedOn: IsoDate;
  /** The day the school came to know of it. */
  knownOn: IsoDate;
  /** A paper that proves the death is on file. */
  proofPresent: boolean;
  today: IsoDate;
};

/** Until when a death should be reported: the limit, and a stricter local target where a text sets one. */
export type DeathCancellationDue = { limit: WorkingDayDeadline; target?: WorkingDayDeadline };

/** A death is reported with its proof and lies in the past (ENR-63). */
export const judgeDeath = (facts: DeathFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const where = { on, place, stage: facts.stage };
  const impossible = facts.diedOn > facts.today || facts.knownOn < facts.diedOn;
  return [
    ...(facts.proofPresent
      ? []
      : findingIfInForce('ENR-63', {
          code: 'DEATH_PROOF_MISSING',
          outcome: 'REJECT',
          message: '缺少学生死亡的相关证明材料。',
          messageEn: 'The proof of the death is missing.',
          path: ['proofs'],
          remedy: '请上传死亡证明或其他相关材料；逾期不影响办理。',
          ownerLevel: 'SCHOOL',
          ...where,
        })),
    ...(impossible
      ? findingIfInForce('ENR-63', {
          code: 'DEATH_DATE_INVALID',
          outcome: 'REJECT',
          message: '死亡日期晚于今天，或晚于学校知悉的日期。',
          messageEn: 'The day of death lies in the future or after the day the school knew of it.',
          path: ['diedOn'],
          remedy: '请对照证明材料核对日期。',
          ownerLevel: 'SCHOOL',
          ...where,
        })
      : []),
  ];
};

/**
 * Sixty working days from the day the school knows; ten for deaths before the 2025 measure, and in Beiguan ten as a
 * target (ENR-63). The day of the death chooses the figure (CF-02); for one before all texts the oldest speaks.
 */
export const deathCancellationDue = (
  { stage, diedOn, knownOn }: Pick<DeathFacts, 'stage' | 'diedOn' | 'knownOn'>,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): DeathCancellationDue => {
  const { value, soft } = resolve('deathCancelWithin', place, lawDayOf(diedOn), { stage });
  if (!value) throw new RangeError('no text sets a time for the cancellation after a death');
  const from = knownOn < diedOn ? diedOn : knownOn;
  const limit = deadlineAfter(from, value, calendar);
  return soft ? { limit, target: deadlineAfter(from, soft.value, calendar) } : { limit };
};

/** A late report is on record, one beyond Beiguan's target warns; no report is ever refused for being late. */
export const judgeDeathTime = (
  facts: Pick<DeathFacts, 'stage' | 'diedOn'> &
    Pick<StepClock, 'doneOn' | 'today'> & { due: DeathCancellationDue },
  place: LawPlace,
): Finding[] => {
  const { due, stage } = facts;
  const where = { on: lawDayOf(facts.diedOn), place, stage };
  if (isLate({ ...facts, ...due.limit })) {
    return [
      finding('ENR-63', {
        code: 'DEATH_CANCELLATION_OVERDUE',
        outcome: 'RECORD',
        message: `学生死亡后，学校未在期限内（${due.limit.dueDate}前，含当日）申报注销学籍。`,
        messageEn: 'The school did not report the death in time.',
        remedy: '请尽快申报；逾期不影响办理。',
        ownerLevel: 'SCHOOL',
        ...where,
      }),
    ];
  }
  if (!due.target || !isLate({ ...facts, ...due.target })) return [];
  return [
    finding('ENR-63', {
      code: 'DEATH_CANCELLATION_BEYOND_TARGET',
      outcome: 'WARN',
      message: `本地要求在${due.target.dueDate}前（含当日）申报注销学籍，已超过。`,
      messageEn: 'The local target for reporting the death has passed; the legal limit has not.',
      remedy: '请尽快申报。',
      ownerLevel: 'SCHOOL',
      ...where,
    }),
  ];
};

/**
 * A text of the province that was in force on the day of the death and is not at hand, or that had lapsed: the figure
 * may be another one there (ORG-27).
 */
export const deathTextWarnings = (
  { stage, diedOn }: Pick<DeathFacts, 'stage' | 'diedOn'>,
  place: LawPlace,
): Finding[] => resolve('deathCancelWithin', place, lawDayOf(diedOn), { stage }).warnings;

const lawDayOf = (diedOn: IsoDate): IsoDate => {
  const first = LAYERS.N13.from;
  return first && diedOn < first ? first : diedOn;
};
