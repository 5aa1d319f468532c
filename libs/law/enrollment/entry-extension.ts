import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import type { IsoDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import { requireValue, resolve } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';

/** A request for more time to complete the entry formalities. */
export type ExtensionFacts = {
  /** Opening of the term the child is to enter. */
  opensOn: IsoDate;
  /** Last day that is asked for, included. */
  until: IsoDate;
};

/**
 * Until when a child with a place registers or asks for more time: ten working days from the opening of term in Shanxi
 * (ENR-13, ENR-14). Undefined where no text sets a limit. The law is that of the opening day.
 */
export const entryDue = (
  opensOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const within = requireValue('noShowAfter', place, opensOn);
  return within ? deadlineAfter(opensOn, within, calendar) : undefined;
};

/** The longest an extension can last: two weeks from the end of the ten working days (ENR-13, CF-30). */
export const extensionEnd = (
  opensOn: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const due = entryDue(opensOn, place, calendar);
  const most = requireValue('extensionMax', place, opensOn);
  if (!due || !most) return undefined;
  return { ...deadlineAfter(due.dueDate, most, calendar), provisional: due.provisional };
};

/**
 * Judges a request for extension on the day it is made (ENR-13). While the limit is provisional nobody is refused for
 * being late: the child is in time until the working days of the year are published.
 */
export const judgeExtension = (
  facts: ExtensionFacts,
  on: IsoDate,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const { warnings } = resolve('extensionMax', place, on);
  const due = entryDue(facts.opensOn, place, calendar);
  const end = extensionEnd(facts.opensOn, place, calendar);
  if (!due || !end || due.provisional) return warnings;
  return [
    ...(on > due.dueDate ? outOfTime(due.dueDate, on, place) : []),
    ...(facts.until > end.dueDate ? tooLong(end.dueDate, on, place) : []),
    ...warnings,
  ];
};

const outOfTime = (dueDate: IsoDate, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-13', {
    code: 'EXTENSION_OUT_OF_TIME',
    message: `延期办理入学手续须在开学后规定的工作日内申请，已于${dueDate}截止。`,
    messageEn: `An extension was to be asked for by ${dueDate}.`,
    remedy: '请直接办理入学注册手续；未到校的由学校按未报到处理。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const tooLong = (latest: IsoDate, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-13', {
    code: 'EXTENSION_TOO_LONG',
    message: `延期最长到${latest}（含当日）。`,
    messageEn: `An extension ends on ${latest} at the latest.`,
    path: ['until'],
    remedy: `请改为${latest}或更早的日期。`,
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
