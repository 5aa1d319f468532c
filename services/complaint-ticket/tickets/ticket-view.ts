import { fullYears, shanghaiDate } from '#libs/law/dates.ts';
import { unitOf } from '#libs/platform/actor/actor.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { attachmentLink } from '../attachments/attachment-link.ts';
import { caseOfTicket } from '../cases/case-view.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { noteContext } from '../history/line.ts';
import { slipUrl } from '../paper/paper-route.ts';
import { isAnothers, sees } from '../standing/parties.ts';
import { isRoot, type Ticket } from './ticket.ts';
import { actionsOn } from './ticket-actions.ts';
import { openReporter, openWords, type TicketWords } from './words.ts';

/** What every kind of ticket shows, each part to those who may see it (TKT-16). */
const shared = (core: ServiceCore) => ({
  unit: ({ target }: Ticket) => target.code,
  student: (ticket: Ticket, _: unknown, { actor, trail }: Context) => {
    if (ticket.student === null || !sees(ticket, actor, 'STUDENT')) return null;
    trail.read(ticket.student);
    return { id: ticket.student };
  },
  dueOn: ({ due }: Ticket) => due?.on ?? null,
  overdue: ({ due, endedAt }: Ticket) =>
    endedAt === null &&
    due !== null &&
    !due.provisional &&
    Date.parse(due.at) <= Date.parse(core.clock.now()),
  clocks: ({ id }: Ticket, _: unknown, { tickets }: Context) => tickets.clocks.load(id),
  attachments: ({ id }: Ticket, _: unknown, { tickets }: Context) => tickets.attachments.load(id),
  history: async (ticket: Ticket, _: unknown, { actor, tickets }: Context) => {
    const lines = await tickets.lines.load(ticket.id);
    const isInside = sees(ticket, actor, 'INSIDE_NOTES');
    return lines
      .filter(({ inside }) => isInside || !inside)
      .map((line) => (isInside ? line : { ...line, by: null }));
  },
  case: caseOfTicket,
  corrections: async (ticket: Ticket, _: unknown, { actor, tickets }: Context) =>
    sees(ticket, actor, 'SLIPS') ? tickets.corrections.load(ticket.id) : [],
  assignedTo: (ticket: Ticket, _: unknown, { actor }: Context) =>
    actor !== null && unitOf(actor) === ticket.target.code ? ticket.assignedTo : null,
  allowedActions: async (ticket: Ticket, _: unknown, { actor, tickets }: Context) =>
    actionsOn(ticket, actor, {
      root: isRoot(ticket) ? ticket : await tickets.byId.load(ticket.root),
      clocks: await tickets.clocks.load(ticket.id),
    }),
});

const ageOn = (birthDate: string | null | undefined, today: string): number | null =>
  birthDate ? fullYears(birthDate, today) : null;

/** Who reported, opened for those alone whom the law and the rows let see it (TKT-16). */
const reporterBy =
  (core: ServiceCore) =>
  async (ticket: Ticket, _: unknown, { actor, tickets, trail }: Context) => {
    if (!sees(ticket, actor, 'REPORTER')) return null;
    const sealed = await tickets.reporter.load(ticket.id);
    if (sealed === null) return null;
    if (ticket.student !== null) trail.readFull(ticket.student);
    const { birthDate, ...reporter } = openReporter(core.sealing, ticket.id, sealed);
    return { ...reporter, age: ageOn(birthDate, core.clock.today()) };
  };

/** What both slips show: the fields of their forms, as their parties filled them in. */
const slip = (core: ServiceCore) => {
  const words = (ticket: Ticket) => openWords(core.sealing, ticket);
  return {
    ...shared(core),
    issuer: ({ source }: Ticket) => source.code,
    issuedOn: ({ openedAt }: Ticket) => shanghaiDate(new Date(openedAt)),
    ticket: ({ root }: Ticket, _: unknown, { tickets }: Context) => tickets.byId.load(root),
    matter: (ticket: Ticket) => words(ticket).matter,
    reporter: reporterBy(core),
    studentNamed: (ticket: Ticket, _: unknown, { actor, trail }: Context) => {
      const { student } = words(ticket);
      if (!student || !sees(ticket, actor, 'STUDENT')) return null;
      if (ticket.student !== null) trail.readFull(ticket.student);
      const { birthDate, ...named } = student;
      return { ...named, age: ageOn(birthDate, core.clock.today()) };
    },
    responsiblePerson: (ticket: Ticket) => words(ticket).responsiblePerson ?? null,
    responsiblePhone: (ticket: Ticket) => words(ticket).responsiblePhone ?? null,
    paperUrl: (ticket: Ticket, _: unknown, { actor }: Context) => slipUrl(core, ticket, actor),
    handler: (ticket: Ticket) => words(ticket).handler ?? null,
    handlerPhone: (ticket: Ticket) => words(ticket).handlerPhone ?? null,
  };
};

/** A report as its province and the ministry have filled it in (form F6); those above and beside see that there is one. */
const reportFields = (core: ServiceCore) => {
  const words = (ticket: Ticket, actor: Context['actor']): Partial<TicketWords> =>
    sees(ticket, actor, 'SLIPS') ? openWords(core.sealing, ticket) : {};
  type Of<Name extends keyof TicketWords> = (
    ticket: Ticket,
    _: unknown,
    context: Context,
  ) => NonNullable<TicketWords[Name]> | null;
  const word =
    <Name extends keyof TicketWords>(name: Name): Of<Name> =>
    (ticket, _, { actor }) =>
      words(ticket, actor)[name] ?? null;
  return {
    province: ({ province }: Ticket) => province,
    items: (ticket: Ticket, _: unknown, { actor }: Context) =>
      (words(ticket, actor).items ?? []).map((item, index) => ({ ...item, seq: index + 1 })),
    businessContact: word('businessContact'),
    technicalContact: word('technicalContact'),
    provincialSealApplied: (ticket: Ticket, _: unknown, { actor }: Context) =>
      Boolean(words(ticket, actor).sealedAt),
    reportedAt: word('sealedAt'),
    sentTo: (ticket: Ticket, _: unknown, { actor }: Context) => words(ticket, actor).sentTo ?? [],
    acceptor: word('acceptor'),
    acceptingUnit: word('acceptingUnit'),
    acceptedAt: word('acceptedAt'),
    ministryOpinion: word('ministryOpinion'),
    slips: async (ticket: Ticket, _: unknown, { actor, tickets }: Context) =>
      sees(ticket, actor, 'SLIPS') ? tickets.slips.load(ticket.id) : [],
  };
};

/** Resolvers of tickets: what was said is opened for whoever may read it, and nobody else. */
export const createTicketViews = (
  core: ServiceCore,
): Pick<
  Resolvers,
  | 'Ticket'
  | 'Complaint'
  | 'VerificationSlip'
  | 'SupervisionSlip'
  | 'SystemicIssue'
  | 'ReportSlip'
  | 'ReportItem'
  | 'TicketAttachment'
  | 'TicketClock'
  | 'TicketCorrection'
  | 'TicketLine'
> => ({
  Ticket: {
    __resolveType: ({ kind }) => {
      if (kind === 'VERIFICATION') return 'VerificationSlip';
      if (kind === 'SUPERVISION') return 'SupervisionSlip';
      if (kind === 'ISSUE') return 'SystemicIssue';
      return kind === 'REPORT' ? 'ReportSlip' : 'Complaint';
    },
  },
  Complaint: {
    ...shared(core),
    receiver: ({ target }) => ({ __typename: 'OrgUnit', code: target.code }),
    matter: (ticket, _, { actor }) =>
      sees(ticket, actor, 'MATTER') ? openWords(core.sealing, ticket).matter : null,
    result: (ticket, _, { actor }) =>
      sees(ticket, actor, 'MATTER') ? (openWords(core.sealing, ticket).result ?? null) : null,
    reporter: reporterBy(core),
    report: ({ report }, _, { tickets }) => (report === null ? null : tickets.byId.load(report)),
    mergedInto: async ({ mergedInto }, _, { actor, tickets }) => {
      const into = mergedInto === null ? null : await tickets.byId.load(mergedInto);
      return into === null || actor === null || isAnothers(into, actor) ? null : into;
    },
    issue: (ticket, _, { actor, tickets }) =>
      ticket.cause === null || !sees(ticket, actor, 'SLIPS') ? null : tickets.byId.load(ticket.cause),
    task: (ticket, _, { actor }) => (sees(ticket, actor, 'SLIPS') ? ticket.task : null),
    against: ({ against }) => [...against],
    slips: async (ticket, _, { actor, tickets }) =>
      sees(ticket, actor, 'SLIPS') ? tickets.slips.load(ticket.id) : [],
  },
  SystemicIssue: {
    ...shared(core),
    matter: (ticket) => openWords(core.sealing, ticket).matter,
    result: (ticket) => openWords(core.sealing, ticket).result ?? null,
    tickets: ({ id }, _, { tickets }) => tickets.ofCause.load(id),
    slips: ({ id }, _, { tickets }) => tickets.slips.load(id),
  },
  VerificationSlip: {
    ...slip(core),
    verifiedFacts: (ticket) => openWords(core.sealing, ticket).verifiedFacts ?? null,
  },
  SupervisionSlip: {
    ...slip(core),
    handlingOpinion: (ticket) => openWords(core.sealing, ticket).handlingOpinion ?? null,
    handlingResult: (ticket) => openWords(core.sealing, ticket).handlingResult ?? null,
  },
  ReportSlip: {
    ...shared(core),
    paperUrl: (ticket, _, { actor }) => slipUrl(core, ticket, actor),
    ...reportFields(core),
  },
  ReportItem: {
    complaints: async ({ complaints }, _, { tickets }) => {
      const found = await tickets.byId.loadMany([...complaints]);
      return found.flatMap((each) => (each === null || each instanceof Error ? [] : [each]));
    },
    students: ({ students }, _, { trail }) => {
      for (const student of students) trail.read(student);
      return students.map((id) => ({ id }));
    },
  },
  TicketAttachment: {
    id: ({ upload }) => upload,
    url: (attachment, _, { actor }) => attachmentLink(core, attachment, actor),
  },
  TicketCorrection: { deadline: ({ dueOn }) => dueOn },
  TicketClock: {
    skipped: ({ counted }) => [...counted.skipped],
    workingDays: ({ counted }) => counted.days,
  },
  TicketLine: {
    words: ({ ticket, line, sealed }) =>
      sealed === null ? null : core.sealing.open(Buffer.from(sealed), noteContext(ticket, String(line))),
  },
});
