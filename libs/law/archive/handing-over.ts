import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { carriedBy } from '../enrollment/carried-by.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/**
 * Why an archive goes elsewhere. GOING_ON: to the next stage; ABROAD: up to the authority; RETURN: back from there; CALLED_FOR:
 * to the county of the household of a dropout; DROPOUT_RETURN: back from there.
 */
export type HandOverReason = 'TRANSFER' | 'GOING_ON' | 'ABROAD' | 'RETURN' | 'CALLED_FOR' | 'DROPOUT_RETURN';

/**
 * Until when the sending side has passed an archive on: a month from the hand-over of the registration (ARC-10); the same
 * for one that goes up to the authority or back (ours). The law is that of the day on which it became due.
 */
export const handOverDue = (
  owedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline =>
  deadlineAfter(owedAt, requireValue('archiveTransferWithin', place, shanghaiDate(owedAt)), calendar);

/**
 * The same of one that was sent back: its month is not over before the custodian had the time of what is to be done promptly,
 * from the day on which it came back (CF-49; ours).
 */
export const passOnDue = (
  { owedAt, sentBackOn = null }: { owedAt: Date; sentBackOn?: IsoDate | null },
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => {
  const month = handOverDue(owedAt, place, calendar);
  if (sentBackOn === null) return month;
  const again = promptlyAfter(sentBackOn, place, calendar);
  return again.dueDate > month.dueDate ? again : month;
};

/** Until when the receiving side has accepted an archive that was passed on to it: promptly (变动管理第4段, CF-49). */
export const promptlyAfter = (
  day: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline => deadlineAfter(day, requireValue('promptly', place, day), calendar);

/** An archive that is to go elsewhere. `passedOnOn`: null while it has not been passed on; `sentBackOn`: null while it was not sent back. */
export type HandOverFacts = {
  reason: HandOverReason;
  owedAt: Date;
  passedOnOn: IsoDate | null;
  sentBackOn?: IsoDate | null;
  stage: Stage;
};

/**
 * An archive passed on after its month is on record (ARC-10); one that still lies there then has not followed the student
 * (ARC-08), or has not gone up to the authority (ARC-20, from 2025).
 * `place`: of the unit that keeps it.
 */
export const judgeHandingOver = (
  facts: HandOverFacts,
  today: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const due = passOnDue(facts, place, calendar);
  if ((facts.passedOnOn ?? today) <= due.dueDate) return [];
  const where: Where = { on: shanghaiDate(facts.owedAt), place, stage: facts.stage };
  const overdue = isTransferOrGoingOn(facts.reason)
    ? findingIfInForce('ARC-10', {
        message: `学籍档案应于${due.dueDate}前（含当日）转出，已逾期。`,
        messageEn: `The archive was to be passed on by ${due.dueDate}.`,
        remedy: '请转出学校尽快转出学籍档案。',
        ownerLevel: 'SCHOOL',
        ...where,
      })
    : [];
  return facts.passedOnOn === null ? [...overdue, ...notPassedOn(facts.reason, where)] : overdue;
};

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

const isTransferOrGoingOn = (reason: HandOverReason): boolean =>
  reason === 'TRANSFER' || reason === 'GOING_ON';

const notPassedOn = (reason: HandOverReason, where: Where): Finding[] => {
  switch (reason) {
    case 'TRANSFER':
    case 'GOING_ON':
      return findingIfInForce('ARC-08', {
        message: '学籍已转接，学籍档案尚未转至接收学校。',
        messageEn: 'The registration has moved and the archive has not followed it.',
        remedy: '请转出学校转出学籍档案，由接收学校接收并接续。',
        ownerLevel: 'SCHOOL',
        ...where,
      });
    case 'ABROAD':
      return goesToAuthority(where)
        ? aboutAbroad('学生出境就读，学籍档案尚未转入上级学籍管理部门。', where)
        : [];
    case 'CALLED_FOR':
    case 'DROPOUT_RETURN':
      return [];
    case 'RETURN':
      return aboutAbroad('学生已回到境内，学籍档案尚未转至接收学校接续。', where);
  }
};

/** From 2025 the archive of a student abroad lies with the superior registry authority (ARC-20); before, with the school. */
export const goesToAuthorityAbroad = (on: IsoDate, place: LawPlace, stage: Stage): boolean =>
  carriedBy('ARC-20', ['N25', 'SX26'], on, place, stage);

const goesToAuthority = ({ on, place, stage }: Where): boolean => goesToAuthorityAbroad(on, place, stage);

const aboutAbroad = (message: string, where: Where): Finding[] =>
  findingIfInForce('ARC-20', {
    outcome: 'RECORD',
    message,
    messageEn: 'The archive of a student abroad has not gone where it is kept.',
    remedy: '请保管单位尽快转出学籍档案。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

/** An archive that lies with nobody who continues it: passed on, and not accepted promptly, is on record (ARC-08, ARC-20). */
export const judgeAcceptance = (
  { reason, passedOnOn, stage }: Pick<HandOverFacts, 'reason' | 'passedOnOn' | 'stage'>,
  today: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  if (passedOnOn === null || today <= promptlyAfter(passedOnOn, place, calendar).dueDate) return [];
  const isAbroad = reason === 'ABROAD' || reason === 'RETURN';
  if (!isAbroad && !isTransferOrGoingOn(reason)) return [];
  return findingIfInForce(isAbroad ? 'ARC-20' : 'ARC-08', {
    outcome: 'RECORD',
    message: '学籍档案已转出，接收单位尚未及时接收。',
    messageEn: 'The archive was passed on, and the receiving side has not accepted it promptly.',
    remedy: '请接收单位接收；档案不完整的，请说明原因退回。',
    ownerLevel: reason === 'ABROAD' ? 'COUNTY' : 'SCHOOL',
    on: passedOnOn,
    place,
    stage,
  });
};

/** A backup that the side which passes an archive on keeps. */
export type BackupFacts = { reason: HandOverReason; stage: Stage; backedUp: boolean };

/**
 * The school left behind keeps an electronic backup before the archive goes (ARC-09): on a transfer everywhere; on going
 * on where the measure of 2013 or that of Beiguan binds the graduating school.
 */
export const judgeBackup = (facts: BackupFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { reason, stage, backedUp } = facts;
  if (backedUp || !isTransferOrGoingOn(reason)) return [];
  if (reason === 'GOING_ON' && !carriedBy('ARC-09', ['N13', 'BG'], on, place, stage)) return [];
  return findingIfInForce('ARC-09', {
    message: '转出（毕业）学校尚未完成电子学籍档案备份。',
    messageEn: 'The school that passes the archive on keeps no backup of it yet.',
    path: ['backup'],
    remedy: '请先备份电子档案并保留必要的纸质复印件。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });
};

/** True where a school that passes archives on must keep a backup on the day (ARC-09, TRF-40). */
export const needsBackup = (on: IsoDate, place: LawPlace, stage: Stage): boolean =>
  isInForce('TRF-40', on, place, stage);
