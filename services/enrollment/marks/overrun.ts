import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import {
  judgeSuspensionOverrun,
  judgeUrging,
  type OverrunConsequence,
  overrunReminderFrom,
} from '#libs/law/enrollment/suspension-overrun.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Stage } from '#libs/law/layers.ts';
import { type Contact, contactsSince } from './contact.ts';

/** Contacts about the end of a suspension: from thirty days before it on (W-13). */
export const overrunContacts = (contacts: readonly Contact[], endsOn: string): number =>
  contactsSince(contacts, overrunReminderFrom(endsOn), ['SUSPENSION', 'DROPOUT']);

export type Overrun = {
  stage: Stage;
  suspendedUntil: string;
  contacts: readonly Contact[];
  today: string;
  lawPlace: LawPlace;
  calendar: WorkingDayCalendar;
};

/** A suspension at or beyond its end: what is on record of it, and what follows by itself (ENR-50, ENR-61). */
export const judgeOverrun = ({
  stage,
  suspendedUntil,
  contacts,
  today,
  lawPlace,
  calendar,
}: Overrun): { findings: Finding[]; consequence: OverrunConsequence } => {
  const facts = { stage, endsOn: suspendedUntil, contacts: overrunContacts(contacts, suspendedUntil), today };
  const { findings, consequence } = judgeSuspensionOverrun(facts, today, lawPlace, calendar);
  return { findings: [...findings, ...judgeUrging(facts, today, lawPlace)], consequence };
};
