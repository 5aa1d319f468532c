import { type PartyToTicket, seesPart, type TicketPart } from '#libs/law/ticket/reporter.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import type { Ticket } from '../tickets/ticket.ts';

/** Whoever takes calls alone, and handles nothing. */
export const isAtPhone = ({ roles }: Pick<Actor, 'roles'>): boolean =>
  roles.has('CALL_CENTRE') && !roles.has('REGISTRAR') && !roles.has('DECISION_MAKER');

/** Who filed a complaint, or took it down for a caller. */
export const isFiler = ({ filedBy, kind }: Pick<Ticket, 'filedBy' | 'kind'>, { subject }: Actor): boolean =>
  kind === 'COMPLAINT' && filedBy === subject;

/** What somebody else has filed is nothing to a family, the other guardian of the child included. */
export const isAnothers = (ticket: Ticket, actor: Actor): boolean =>
  actor.level === 'NONE' && ticket.filedBy !== actor.subject;

/**
 * Where somebody stands to a ticket. Families are reporters of what they filed themselves, and of nothing else. A school that
 * is complained of, or whose pupil it is about, stays the school concerned whatever else it is, and so does whoever is late in
 * the case that a slip is about. An authority above those that take part oversees, and does not learn who reported (TKT-16).
 */
export const partiesOf = (ticket: Ticket, actor: Actor): PartyToTicket[] => {
  if (actor.level === 'NONE') return [isFiler(ticket, actor) ? 'REPORTER' : 'OTHER'];
  if (isAtPhone(actor)) return ['CALL_CENTRE'];
  const own = unitOf(actor);
  if (actor.level === 'SCHOOL') return schoolParties(ticket, own);
  const isSlip = ticket.kind === 'VERIFICATION' || ticket.kind === 'SUPERVISION';
  if (own === ticket.target.code && isSlip)
    return own === ticket.lateUnit ? ['SCHOOL', 'HANDLER'] : ['HANDLER'];
  if (own === ticket.target.code) return ['RECEIVER'];
  if (own === ticket.source.code) return [isSlip ? 'ISSUER' : 'RECEIVER'];
  return ['OVERSEER'];
};

/**
 * True for whoever is complained of, is late, or whose pupil a ticket is about; where it names none of them, a school that is given
 * a slip of it is taken to be the one (TKT-16).
 */
export const isConcerned = ({ against, school, lateUnit }: Ticket, code: string): boolean =>
  [school, lateUnit, ...against].includes(code) ||
  (school === null && lateUnit === null && against.length === 0 && code.length === 10);

/** A school that files is a reporter to its own people; one that is given a slip handles it. */
const schoolParties = (ticket: Ticket, own: string): PartyToTicket[] => {
  const { source, target } = ticket;
  if (own === source.code) return ['REPORTER'];
  if (own !== target.code) return ['OTHER'];
  return isConcerned(ticket, own) ? ['SCHOOL', 'HANDLER'] : ['HANDLER'];
};

const TAKING_PART: ReadonlySet<PartyToTicket> = new Set(['RECEIVER', 'ISSUER', 'HANDLER', 'REPORTER']);

/** True for whoever receives, issues, handles or has reported a ticket. */
export const takesPart = (ticket: Ticket, actor: Actor): boolean =>
  partiesOf(ticket, actor).some((party) => TAKING_PART.has(party));

/** True where somebody sees that part of a ticket (TKT-16). */
export const sees = (ticket: Ticket, actor: Actor | null, part: TicketPart): boolean =>
  actor !== null && seesPart(partiesOf(ticket, actor), part);
