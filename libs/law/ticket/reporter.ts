import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/**
 * Where a unit stands to a ticket. SCHOOL: the school that is complained of, or whose pupil it is about, and whoever is late in
 * the case that a slip is about. OVERSEER: an authority
 * above those that take part. CALL_CENTRE: who took it down for another unit.
 */
export type PartyToTicket =
  | 'RECEIVER'
  | 'ISSUER'
  | 'HANDLER'
  | 'REPORTER'
  | 'SCHOOL'
  | 'OVERSEER'
  | 'CALL_CENTRE'
  | 'OTHER';

/** What a ticket holds, as far as it is seen by some and not by others. */
export type TicketPart = 'REPORTER' | 'STUDENT' | 'MATTER' | 'INSIDE_NOTES' | 'SLIPS';

const SEEN_BY: Readonly<Record<PartyToTicket, readonly TicketPart[]>> = {
  RECEIVER: ['REPORTER', 'STUDENT', 'MATTER', 'INSIDE_NOTES', 'SLIPS'],
  ISSUER: ['REPORTER', 'STUDENT', 'MATTER', 'INSIDE_NOTES', 'SLIPS'],
  HANDLER: ['REPORTER', 'STUDENT', 'MATTER', 'SLIPS'],
  REPORTER: ['REPORTER', 'STUDENT', 'MATTER'],
  SCHOOL: ['STUDENT', 'MATTER'],
  OVERSEER: ['STUDENT', 'MATTER', 'SLIPS'],
  CALL_CENTRE: ['MATTER'],
  OTHER: [],
};

/**
 * True where a party to a ticket sees a part of it. Who reported is known to the units that issue and handle, and to nobody at
 * the school that is complained of, which sees the student and the matter alone (TKT-16). A school that is itself given a slip
 * stays the school concerned.
 */
export const seesPart = (parties: readonly PartyToTicket[], part: TicketPart): boolean =>
  (parties.includes('SCHOOL') ? parties.filter((party) => party !== 'HANDLER') : parties).some((party) =>
    SEEN_BY[party].includes(part),
  );

/** Refuses the reporter's data to whoever neither issues nor handles (TKT-16). */
export const judgeReporterAccess = (
  parties: readonly PartyToTicket[],
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  seesPart(parties, 'REPORTER')
    ? []
    : [
        finding('TKT-16', {
          message: '反映人信息只由受理、核发和承办单位查看。',
          messageEn: 'Only the units that issue and handle see who reported.',
          path: ['reporter'],
          remedy: '请根据学生和所反映的事项办理，不得打听反映人。',
          on,
          place,
        }),
      ];
