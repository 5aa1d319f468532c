import { fullYears } from '#libs/law/dates.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { noteContext } from '../history/line.ts';
import { sees } from '../standing/parties.ts';
import type { Ticket } from './ticket.ts';
import { actionsOn } from './ticket-actions.ts';
import { openReporter, openWords } from './words.ts';

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
    endedAt === null && due !== null && !due.provisional && due.at <= core.clock.now(),
  clocks: ({ id }: Ticket, _: unknown, { tickets }: Context) => tickets.clocks.load(id),
  history: async (ticket: Ticket, _: unknown, { actor, tickets }: Context) => {
    const lines = await tickets.lines.load(ticket.id);
    const isInside = sees(ticket, actor, 'INSIDE_NOTES');
    return lines
      .filter(({ inside }) => isInside || !inside)
      .map((line) => (isInside ? line : { ...line, by: null }));
  },
  allowedActions: (ticket: Ticket, _: unknown, { actor }: Context) => actionsOn(ticket, actor),
});

/** Resolvers of tickets: what was said is opened for whoever may read it, and nobody else. */
export const createTicketViews = (
  core: ServiceCore,
): Pick<Resolvers, 'Ticket' | 'Complaint' | 'TicketClock' | 'TicketLine'> => ({
  Ticket: { __resolveType: () => 'Complaint' },
  Complaint: {
    ...shared(core),
    matter: (ticket, _, { actor }) =>
      sees(ticket, actor, 'MATTER') ? openWords(core.sealing, ticket).matter : null,
    reporter: async (ticket, _, { actor, tickets }) => {
      if (!sees(ticket, actor, 'REPORTER')) return null;
      const sealed = await tickets.reporter.load(ticket.id);
      if (sealed === null) return null;
      const { birthDate, ...reporter } = openReporter(core.sealing, ticket.id, sealed);
      return { ...reporter, age: birthDate ? fullYears(birthDate, core.clock.today()) : null };
    },
    against: ({ against }) => [...against],
  },
  TicketClock: {
    skipped: ({ counted }) => [...counted.skipped],
    workingDays: ({ counted }) => counted.days,
  },
  TicketLine: {
    words: ({ ticket, line, sealed }) =>
      sealed === null ? null : core.sealing.open(Buffer.from(sealed), noteContext(ticket, String(line))),
  },
});
