import { z } from 'zod';
import { defineEvent } from '../envelope.ts';
import { Day, Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { TicketKind, TicketOrigin } from '../vocabulary.ts';

const source = 'complaint-ticket';

/** A school or a unit by its public code. */
export const Workplace = z.union([UnitCode, SchoolCode]);

/** Whom a ticket is about and who handles it. Of who reported, and of what was said, nothing leaves the service (TKT-16). */
export const TicketFacts = z.object({
  ticket: Uuid,
  kind: TicketKind,
  /** The complaint or report that it hangs on; its own id where it hangs on none. */
  root: Uuid,
  /** The student concerned, where one is named. */
  person: Uuid.nullable(),
  /** Who handles it, and where that stands in the tree. */
  unit: Workplace,
  place: Place,
  province: UnitCode,
});

export const ComplaintReceived = defineEvent({
  type: 'ComplaintReceived',
  source,
  version: 1,
  summary: 'A complaint has reached the authority that is to handle it (TKT-01).',
  data: TicketFacts.extend({
    origin: TicketOrigin,
    scope: z.enum(['IN_PROVINCE_MANAGEMENT', 'PROVINCIAL_RUNTIME', 'CROSS_PROVINCE', 'SYSTEM_OPERATION']),
    dueOn: Day,
    provisional: z.boolean(),
  }),
});

export const ComplaintAcknowledged = defineEvent({
  type: 'ComplaintAcknowledged',
  source,
  version: 1,
  summary: 'The authority has told the reporter that it has the complaint.',
  data: TicketFacts,
});

export const ComplaintHandled = defineEvent({
  type: 'ComplaintHandled',
  source,
  version: 1,
  summary: 'The authority has dealt with a complaint on its own level, without a slip (TKT-03).',
  data: TicketFacts,
});

/** A slip, who gives it out, and until when it is to be answered. */
const Slip = TicketFacts.extend({ issuer: UnitCode });

export const VerificationSlipIssued = defineEvent({
  type: 'VerificationSlipIssued',
  source,
  version: 1,
  summary: 'The technical department has given a verification slip to a unit below it (TKT-07, TKT-10).',
  data: Slip.extend({ dueOn: Day, provisional: z.boolean() }),
});

export const VerificationSlipAnswered = defineEvent({
  type: 'VerificationSlipAnswered',
  source,
  version: 1,
  summary: 'The verifying unit has told what it found (TKT-10).',
  data: Slip,
});

export const SupervisionSlipIssued = defineEvent({
  type: 'SupervisionSlipIssued',
  source,
  version: 1,
  summary: 'The administrative department has given a supervision slip to a unit below it (TKT-08, TKT-11).',
  data: Slip.extend({ dueOn: Day, provisional: z.boolean() }),
});

export const SupervisionSlipAnswered = defineEvent({
  type: 'SupervisionSlipAnswered',
  source,
  version: 1,
  summary: 'The undertaking unit has told what it did (TKT-11).',
  data: Slip,
});

export const SlipWithdrawn = defineEvent({
  type: 'SlipWithdrawn',
  source,
  version: 1,
  summary: 'The unit that had issued a slip has taken it back before it was answered.',
  data: Slip,
});

export const TicketReturned = defineEvent({
  type: 'TicketReturned',
  source,
  version: 1,
  summary: 'The supervising unit has sent an answer back; the slip is due anew (TKT-11).',
  data: Slip.extend({ dueOn: Day, provisional: z.boolean() }),
});

export const TicketClosed = defineEvent({
  type: 'TicketClosed',
  source,
  version: 1,
  summary: 'A ticket has ended with a result that the reporter is told.',
  data: TicketFacts,
});

const ClockKind = z.enum(['ACKNOWLEDGE', 'HANDLE', 'REPORT_UP', 'MINISTRY_ACCEPTS', 'ACCEPT_ANSWER', 'SLIP']);

/** One due day of a ticket. */
const OfClock = TicketFacts.extend({ clock: ClockKind, dueOn: Day });

export const TicketReminded = defineEvent({
  type: 'TicketReminded',
  source,
  version: 1,
  summary: 'A due day of a ticket comes near, or is today.',
  data: OfClock,
});

export const TicketOverdue = defineEvent({
  type: 'TicketOverdue',
  source,
  version: 1,
  summary: 'A due day of a ticket has passed; put on record once (TKT-01, TKT-15).',
  data: OfClock,
});

export const TicketEscalated = defineEvent({
  type: 'TicketEscalated',
  source,
  version: 1,
  summary: 'A ticket goes up a level, or a supervision slip is to be issued for it (TKT-01, TKT-15).',
  data: TicketFacts.extend({
    reason: z.enum(['OVERDUE', 'SLIP_OVERDUE', 'BY_HAND']),
    /** Who handled it before. */
    from: UnitCode,
    task: z.enum(['SUPERVISION_SLIP']).nullable(),
  }),
});

export const TicketDueMoved = defineEvent({
  type: 'TicketDueMoved',
  source,
  version: 1,
  summary: 'A due day of a ticket was extended, or counted again with a calendar (ORG-28).',
  data: OfClock.extend({ provisional: z.boolean() }),
});

export const ReportSlipWithdrawn = defineEvent({
  type: 'ReportSlipWithdrawn',
  source,
  version: 1,
  summary: 'A province has taken back the draft of a report; its complaints are with the province as before.',
  data: TicketFacts,
});

export const ReportSlipDrafted = defineEvent({
  type: 'ReportSlipDrafted',
  source,
  version: 1,
  summary:
    'A province has drafted a report to the ministry on what it cannot solve itself (TKT-04, TKT-06, TKT-09).',
  data: TicketFacts.extend({ items: z.int().min(1) }),
});

export const ReportSlipSubmitted = defineEvent({
  type: 'ReportSlipSubmitted',
  source,
  version: 1,
  summary: 'The province has sealed its report, which is with the ministry from then on (TKT-05).',
  data: TicketFacts.extend({ dueOn: Day, provisional: z.boolean() }),
});

export const ReportSlipAccepted = defineEvent({
  type: 'ReportSlipAccepted',
  source,
  version: 1,
  summary: 'The ministry has accepted a report (TKT-12).',
  data: TicketFacts,
});

export const ReportSlipAnswered = defineEvent({
  type: 'ReportSlipAnswered',
  source,
  version: 1,
  summary: 'The ministry has given its opinion on a report, which ends with it (TKT-12).',
  data: TicketFacts,
});

export const IssueOpened = defineEvent({
  type: 'IssueOpened',
  source,
  version: 1,
  summary: 'A unit has put several complaints under the one cause that they have.',
  data: TicketFacts.extend({ tickets: z.array(Uuid).max(200) }),
});

export const TicketMerged = defineEvent({
  type: 'TicketMerged',
  source,
  version: 1,
  summary: 'A complaint about the same thing as another goes on in that one.',
  data: TicketFacts.extend({ into: Uuid }),
});

export const TicketReopened = defineEvent({
  type: 'TicketReopened',
  source,
  version: 1,
  summary: 'A ticket that had ended is handled again.',
  data: TicketFacts.extend({ dueOn: Day, provisional: z.boolean() }),
});

export const TicketFollowedUp = defineEvent({
  type: 'TicketFollowedUp',
  source,
  version: 1,
  summary: 'The reporter has said, or was asked, how a complaint was dealt with.',
  data: TicketFacts.extend({ outcome: z.enum(['SATISFIED', 'PARTLY', 'UNSATISFIED', 'NOT_REACHED']) }),
});

/** A case of another service, by its id there. */
export const CaseOf = z.object({
  kind: z.enum(['TRANSFER', 'ENROLLMENT', 'KEY_CHANGE', 'ARCHIVE_HANDOVER']),
  id: Uuid,
});

export const TicketLinkedToCase = defineEvent({
  type: 'TicketLinkedToCase',
  source,
  version: 1,
  summary: 'Whoever handles a ticket has said which case it is about, and which party of the case is late.',
  data: TicketFacts.extend({ case: CaseOf.nullable(), lateUnit: Workplace.nullable() }),
});

export const TicketPapersAdded = defineEvent({
  type: 'TicketPapersAdded',
  source,
  version: 1,
  summary: 'Papers were put to a ticket by somebody who takes part in it.',
  data: TicketFacts.extend({
    /** Uploads that became its papers: whoever keeps the files keeps them for good. */
    papers: z.array(Uuid).max(20),
  }),
});
