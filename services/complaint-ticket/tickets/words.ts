import { z } from 'zod';
import { Day, Uuid } from '#libs/contracts/ids.ts';
import { Gender } from '#libs/contracts/vocabulary.ts';
import { PROBLEM_SCOPES } from '#libs/law/ticket/scope.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Ticket } from './ticket.ts';

/** What a slip says of the student (forms F7, F8); the age is told by the day of birth. */
export const SlipStudent = z.object({
  name: z.string(),
  gender: Gender.nullish(),
  birthDate: Day.nullish(),
  /** Code of GB/T 3304. */
  ethnicGroup: z.string().nullish(),
  studentNumber: z.string().nullish(),
  idDocumentNumber: z.string().nullish(),
});
export type SlipStudent = z.infer<typeof SlipStudent>;

/** Somebody who can be reached about a report. */
const Contact = z.object({ name: z.string(), unit: z.string(), phone: z.string() });

/** One problem of a report (form F6), with the complaints that show it and the students concerned. */
export const ReportItem = z.object({
  description: z.string(),
  scope: z.enum(PROBLEM_SCOPES),
  complaints: z.array(Uuid),
  students: z.array(Uuid),
});
export type ReportItem = z.infer<typeof ReportItem>;

/** What is said in a ticket, in the names of its form. */
export const TicketWords = z.object({
  matter: z.string(),
  /** Whom the caller named, where the student is not known by id. */
  studentNamed: z.object({ name: z.string(), studentNumber: z.string() }).nullish(),
  result: z.string().nullish(),
  /** The student as a slip names it. */
  student: SlipStudent.nullish(),
  responsiblePerson: z.string().nullish(),
  responsiblePhone: z.string().nullish(),
  handlingOpinion: z.string().nullish(),
  handler: z.string().nullish(),
  handlerPhone: z.string().nullish(),
  verifiedFacts: z.string().nullish(),
  handlingResult: z.string().nullish(),
  items: z.array(ReportItem).nullish(),
  businessContact: Contact.nullish(),
  technicalContact: Contact.nullish(),
  /** When the province sealed the report, and to which mailboxes a copy is to go. */
  sealedAt: z.string().nullish(),
  sentTo: z.array(z.string()).nullish(),
  acceptor: z.string().nullish(),
  acceptingUnit: z.string().nullish(),
  acceptedAt: z.string().nullish(),
  ministryOpinion: z.string().nullish(),
});
export type TicketWords = z.infer<typeof TicketWords>;

/** Who reported (forms F7, F8): the age is told by the day of birth and never kept. */
export const Reporter = z.object({
  name: z.string().trim().min(1).max(120),
  phone: z
    .string()
    .trim()
    .regex(/^[0-9+() -]{5,30}$/),
  gender: Gender.nullish(),
  birthDate: Day.nullish(),
  ethnicGroup: z.string().trim().max(30).nullish(),
  idDocumentNumber: z.string().trim().max(40).nullish(),
});
export type Reporter = z.infer<typeof Reporter>;

/** Contexts under which what is said, and who said it, are sealed. */
export const wordsContext = (ticket: string): string => `ticket-words:${ticket}`;
export const reporterContext = (ticket: string): string => `ticket-reporter:${ticket}`;

export const sealWords = (sealing: Sealing, ticket: string, words: TicketWords): Buffer =>
  sealing.seal(JSON.stringify(words), wordsContext(ticket));

export const openWords = (sealing: Sealing, { id, sealed }: Pick<Ticket, 'id' | 'sealed'>): TicketWords =>
  TicketWords.parse(JSON.parse(sealing.open(Buffer.from(sealed), wordsContext(id))));

export const sealReporter = (sealing: Sealing, ticket: string, reporter: Reporter): Buffer =>
  sealing.seal(JSON.stringify(reporter), reporterContext(ticket));

export const openReporter = (sealing: Sealing, ticket: string, sealed: Uint8Array): Reporter =>
  Reporter.parse(JSON.parse(sealing.open(Buffer.from(sealed), reporterContext(ticket))));
