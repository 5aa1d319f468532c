import type { OwnFinding } from '#libs/law/own-finding.ts';
import type { Attachment } from './attachments/attachment.ts';
import type { Clock } from './clocks/clock.ts';
import type { Disclosure } from './disclosure/disclosure.ts';
import type { Enquiry } from './enquiry/enquiry.ts';
import type { Line } from './history/line.ts';
import type { Ticket } from './tickets/ticket.ts';
import type { ReportItem } from './tickets/words.ts';

/** Parents of the resolvers, where they are not the GraphQL type itself. */
export type StudentMapper = { id: string };
export type TicketMapper = Ticket;
export type ComplaintMapper = Ticket;
export type SystemicIssueMapper = Ticket;
export type VerificationSlipMapper = Ticket;
export type SupervisionSlipMapper = Ticket;
export type ReportSlipMapper = Ticket;
export type ReportItemMapper = ReportItem & { seq: number };
export type TicketClockMapper = Clock;
export type TicketAttachmentMapper = Attachment;
export type TicketLineMapper = Line;
export type FindingMapper = OwnFinding;
export type NumberEnquiryMapper = Enquiry;
export type DisclosureMapper = Disclosure;
