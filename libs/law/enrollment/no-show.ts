import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace, type OwnerLevel } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import { entryDue } from './entry-extension.ts';
import { noTextPermits } from './no-text.ts';

/** Level of the authority that answers for a school. */
export type AuthorityLevel = Extract<OwnerLevel, 'PROVINCE' | 'CITY' | 'COUNTY'>;

/** A pupil with a place at a school. */
export type NoShowFacts = {
  stage: Stage;
  /** Opening of the term the pupil is to enter. */
  opensOn: IsoDate;
  /** Last day of a granted extension, included; null where none was granted. */
  extendedUntil: IsoDate | null;
  /** The pupil has reported and registered. */
  reported: boolean;
};

/**
 * The day after whose end a pupil counts as a no-show, and whether it is still provisional (ENR-14, CF-30): the end of
 * the extension, else that of the ten working days. Undefined where no text sets one.
 */
export const noShowAfterDay = (
  facts: Pick<NoShowFacts, 'opensOn' | 'extendedUntil'>,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): { day: IsoDate; provisional: boolean } | undefined => {
  const due = entryDue(facts.opensOn, place, calendar);
  if (!due) return undefined;
  return facts.extendedUntil
    ? { day: facts.extendedUntil, provisional: false }
    : { day: due.dueDate, provisional: due.provisional };
};

/**
 * A pupil who has not come by then: a compulsory school opens a dropout ledger entry (RECORD NO_SHOW, escalated by the
 * caller), a senior school asks its authority to agree that the admission is cancelled (RECORD, ENR-14). Judged on `on`;
 * a provisional day records nothing.
 */
export const judgeNoShow = (
  facts: NoShowFacts,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  if (facts.reported || facts.stage === 'PRESCHOOL') return [];
  const limit = noShowAfterDay(facts, place, calendar);
  if (!limit || limit.provisional || on <= limit.day) return [];
  const compulsory = isCompulsory(facts.stage);
  return findingIfInForce('ENR-14', {
    code: 'NO_SHOW',
    outcome: 'RECORD',
    message: `截至${limit.day}，该生未到校办理入学注册手续，也没有有效的延期。`,
    messageEn: `By ${limit.day} the pupil had neither registered nor a running extension.`,
    remedy: compulsory
      ? '请立即启动控辍保学程序，登记台账并联系监护人。'
      : '请核实后报上级学籍主管部门同意，再取消入学资格。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: facts.stage,
  });
};

/** An admission that a school wants to end. */
export type AdmissionCancellationFacts = {
  stage: Stage;
  /** The pupil is a no-show (`judgeNoShow` found it). */
  noShow: boolean;
  /** The superior registry authority agrees. */
  authorityConsents: boolean;
  authorityLevel: AuthorityLevel;
};

/**
 * Judges the cancelling of an admission for not showing up (ENR-14): senior schools only, after the superior authority
 * has agreed. Where no text provides for it, it is refused.
 */
export const judgeAdmissionCancellation = (
  facts: AdmissionCancellationFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!isInForce('ENR-14', on, place, facts.stage)) {
    const { warnings } = resolve('noShowAfter', place, on);
    return [
      noTextPermits({ what: '取消入学资格', whatEn: 'Cancelling an admission' }, on, place),
      ...warnings,
    ];
  }
  if (facts.stage !== 'SENIOR') return compulsoryKeepsPlace(on, place);
  if (!facts.noShow) return notANoShow(on, place);
  return facts.authorityConsents ? [] : consentMissing(facts.authorityLevel, on, place);
};

const compulsoryKeepsPlace = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-14', {
    code: 'ADMISSION_CANCELLATION_COMPULSORY',
    outcome: 'REJECT',
    message: '义务教育阶段不得取消入学资格。',
    messageEn: 'No admission is cancelled in compulsory education.',
    remedy: '请启动控辍保学程序。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const notANoShow = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-14', {
    code: 'ADMISSION_CANCELLATION_TOO_EARLY',
    outcome: 'REJECT',
    message: '报到期限或延期尚未届满，或学生已经报到，不能取消入学资格。',
    messageEn: 'The time to report is not over, or the pupil has reported.',
    remedy: '请等待期限届满；学生已报到的，请办理注册。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const consentMissing = (ownerLevel: AuthorityLevel, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-14', {
    code: 'ADMISSION_CANCELLED',
    outcome: 'HOLD',
    message: '取消入学资格须经上级学籍主管部门同意。',
    messageEn: 'The superior registry authority has to agree before the admission is cancelled.',
    remedy: '请报上级学籍主管部门，同意后生效。',
    ownerLevel,
    on,
    place,
  });
