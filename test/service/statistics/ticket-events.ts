import type { Envelope } from '#libs/contracts/envelope.ts';
import {
  ComplaintReceived,
  SupervisionSlipAnswered,
  SupervisionSlipIssued,
  TicketClosed,
  TicketEscalated,
  TicketOverdue,
} from '#libs/contracts/events/ticket.ts';
import { envelope, idOf } from './events.ts';
import type { TestSchool } from './nation.ts';

/** Who has a ticket: a unit by its code, or a school. */
type Party = string | TestSchool;

const at = (day: string) => `${day}T10:00:00.000+08:00`;

const partyOf = (party: Party) =>
  typeof party === 'string'
    ? { unit: party, place: Number(party) * 100_000, province: `${party.slice(0, 2)}0000` }
    : { unit: party.code, place: party.place, province: `${party.authority.slice(0, 2)}0000` };

const subjectOf = (ticket: string) => `ticket:${ticket}`;

/** A complaint as the service of complaints tells of it, step by step. */
export const complaintOf = (name: string) => {
  const ticket = idOf(name);
  const of = (party: Party) => ({
    ...{ ticket, kind: 'COMPLAINT' as const, root: ticket, person: null },
    ...partyOf(party),
  });
  let version = 0;
  return {
    filed: (unit: Party, day: string, dueOn: string): Envelope => {
      const said = { origin: 'GUARDIAN' as const, scope: 'IN_PROVINCE_MANAGEMENT' as const };
      const data = { ...of(unit), ...said, dueOn, provisional: false };
      return envelope(ComplaintReceived, subjectOf(ticket), ++version, data, at(day));
    },
    /** The unit that has it already is told with what went up with it: the next one. */
    missed: (unit: Party, clock: 'HANDLE' | 'ACKNOWLEDGE', dueOn: string, day: string): Envelope =>
      envelope(TicketOverdue, subjectOf(ticket), ++version, { ...of(unit), clock, dueOn }, at(day)),
    wentUp: (from: string, to: string, day: string): Envelope => {
      const data = { ...of(to), reason: 'OVERDUE' as const, from, task: null };
      return envelope(TicketEscalated, subjectOf(ticket), ++version, data, at(day));
    },
    closed: (unit: Party, day: string): Envelope =>
      envelope(TicketClosed, subjectOf(ticket), ++version, of(unit), at(day)),
  };
};

/** A supervision slip from a unit to one below it. */
export const slipOf = (name: string, issuer: string, to: Party) => {
  const ticket = idOf(name);
  const facts = {
    ...{ ticket, kind: 'SUPERVISION' as const, root: idOf(`${name} root`), person: null },
    ...{ ...partyOf(to), issuer },
  };
  let version = 0;
  return {
    issued: (day: string, dueOn: string): Envelope => {
      const data = { ...facts, dueOn, provisional: false };
      return envelope(SupervisionSlipIssued, subjectOf(ticket), ++version, data, at(day));
    },
    missed: (dueOn: string, day: string): Envelope => {
      const data = { ...facts, clock: 'SLIP' as const, dueOn };
      return envelope(TicketOverdue, subjectOf(ticket), ++version, data, at(day));
    },
    answered: (day: string): Envelope =>
      envelope(SupervisionSlipAnswered, subjectOf(ticket), ++version, facts, at(day)),
  };
};
