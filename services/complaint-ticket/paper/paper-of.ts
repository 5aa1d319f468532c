import { ethnicGroups } from '#libs/contracts/ethnic-groups.ts';
import { fullYears, shanghaiDate } from '#libs/law/dates.ts';
import type { SlipKind } from '#libs/law/ticket/slip.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Clock } from '../clocks/clock.ts';
import { nameOfWorkplace } from '../standing/names.ts';
import { sees } from '../standing/parties.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { openReporter, openWords, type TicketWords } from '../tickets/words.ts';
import type { ReportPaper, SlipPaper } from './slip-paper.ts';

type Core = Pick<ServiceCore, 'directory' | 'sealing'>;

/** What the rows show a reader of a slip or report besides itself. */
export type Kept = { reporter: Uint8Array | null; clocks: readonly Clock[] };

const dayOf = (instant: string | null | undefined): string | null =>
  instant ? shanghaiDate(new Date(instant)) : null;

const ageOn = (birthDate: string | null | undefined, on: string): number | null =>
  birthDate ? fullYears(birthDate, on) : null;

const reporterOn = (
  { sealing }: Core,
  ticket: Ticket,
  actor: Actor,
  { reporter }: Kept,
  on: string,
): SlipPaper['reporter'] => {
  if (reporter === null || !sees(ticket, actor, 'REPORTER')) return null;
  const { name, phone, gender, birthDate, ethnicGroup, idDocumentNumber } = openReporter(
    sealing,
    ticket.id,
    reporter,
  );
  return {
    ...{ name, phone, gender: gender ?? null, age: ageOn(birthDate, on) },
    ethnicGroup: ethnicGroups.get(ethnicGroup ?? '') ?? ethnicGroup ?? null,
    idDocumentNumber: idDocumentNumber ?? null,
  };
};

/** The student with numbers in full: for a reader who may read those at all. */
const studentOn = (
  ticket: Ticket,
  { student }: TicketWords,
  actor: Actor,
  on: string,
): SlipPaper['student'] => {
  const mayRead = actor.scopes.has('student:read') && actor.scopes.has('student:identity');
  if (!student || !mayRead || !sees(ticket, actor, 'STUDENT')) return null;
  const { name, gender, birthDate, ethnicGroup, studentNumber, idDocumentNumber } = student;
  return {
    ...{ name, gender: gender ?? null, age: ageOn(birthDate, on) },
    ethnicGroup: ethnicGroups.get(ethnicGroup ?? '') ?? null,
    ...{ studentNumber: studentNumber ?? null, idDocumentNumber: idDocumentNumber ?? null },
  };
};

/** A slip as a reader may see it on paper: who reported and who the student is stay empty for whoever may not know (TKT-16). */
export const slipPaperOf = async (
  core: Core,
  ticket: Ticket,
  actor: Actor,
  kept: Kept,
): Promise<SlipPaper> => {
  const words = openWords(core.sealing, ticket);
  const issuedOn = shanghaiDate(new Date(ticket.openedAt));
  const clock = kept.clocks.filter(({ clock: kind }) => kind === 'SLIP').at(-1);
  return {
    kind: ticket.kind as SlipKind,
    reporter: reporterOn(core, ticket, actor, kept, issuedOn),
    student: studentOn(ticket, words, actor, issuedOn),
    matter: words.matter,
    issuingUnit: await nameOfWorkplace(core, ticket.source.code),
    responsiblePerson: words.responsiblePerson ?? null,
    responsiblePhone: words.responsiblePhone ?? null,
    addressedUnit: await nameOfWorkplace(core, ticket.target.code),
    handler: words.handler ?? null,
    handlerPhone: words.handlerPhone ?? null,
    issuedOn,
    dueOn: clock?.dueOn ?? null,
    handlingOpinion: words.handlingOpinion ?? null,
    answer: (ticket.kind === 'VERIFICATION' ? words.verifiedFacts : words.handlingResult) ?? null,
  };
};

/** A report as those see it who draft, receive and answer it. */
export const reportPaperOf = async (core: Core, ticket: Ticket): Promise<ReportPaper> => {
  const words = openWords(core.sealing, ticket);
  const province = await core.directory.unit(ticket.province);
  const sealedOn = dayOf(words.sealedAt);
  return {
    province: province?.name ?? ticket.province,
    sealedBy: sealedOn === null ? null : await nameOfWorkplace(core, ticket.source.code),
    businessContact: words.businessContact ?? null,
    technicalContact: words.technicalContact ?? null,
    reportedOn: sealedOn,
    items: (words.items ?? []).map(({ description }) => description),
    acceptor: words.acceptor ?? null,
    acceptingUnit: words.acceptingUnit ?? null,
    acceptedOn: dayOf(words.acceptedAt),
    ministryOpinion: words.ministryOpinion ?? null,
    mailboxes: words.sentTo ?? [],
    day: sealedOn ?? shanghaiDate(new Date(ticket.openedAt)),
  };
};
