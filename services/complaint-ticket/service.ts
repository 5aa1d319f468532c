import { sharedReads } from '#libs/platform/database/reads.ts';
import { emptyScope, type Scope } from '#libs/platform/database/scope.ts';
import type { ServiceDefinition } from '#libs/platform/service/definition.ts';
import { releasesTickets } from './assignment/release.ts';
import { answersAttachmentAccess } from './attachments/answer-access.ts';
import { createCaseReads } from './cases/case-reads.ts';
import { followsCases } from './cases/projection.ts';
import { startClockWorker } from './clocks/clock-worker.ts';
import { ticketClocks } from './clocks.ts';
import type { Context } from './context.ts';
import { answersCorrectionGround } from './corrections/answer-ground.ts';
import { followsCorrections } from './corrections/corrections.ts';
import { startLateSteps } from './late-steps/worker.ts';
import { createMeasures } from './measures.ts';
import { ticketSteps } from './migrations/steps.ts';
import { slipRoute } from './paper/paper-route.ts';
import { readMailboxes } from './reports/channels.ts';
import { createResolvers } from './resolvers.ts';
import { sealedColumns } from './sealed-columns.ts';
import { ticketScopeOf } from './standing/ticket-scope.ts';
import { createTicketReads } from './tickets/ticket-reads.ts';

/** complaint-ticket: what people complain of, who handles it, and until when; verification, supervision and report slips. */
export const complaintTicketService: ServiceDefinition<Context> = {
  name: 'complaint-ticket',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  schemaSteps: ticketSteps,
  sealed: sealedColumns,
  reading: 'ticket.read',
  start: async (core) => ({
    resolvers: createResolvers(core, readMailboxes(process.env)),
    contextOf: (base) => {
      const { actor } = base;
      let known: Promise<Scope> | undefined;
      const scope = (): Promise<Scope> => {
        known ??= actor === null ? Promise.resolve(emptyScope) : ticketScopeOf(core, actor);
        return known;
      };
      const read = sharedReads(core.app, scope);
      return { ...base, scope, read, tickets: createTicketReads(read), cases: createCaseReads(read) };
    },
    clocks: ticketClocks,
    projections: [releasesTickets(core), followsCases, followsCorrections(core)],
    measures: createMeasures(core.clock.now),
    stops: [await answersAttachmentAccess(core), await answersCorrectionGround(core)],
    loops: [startClockWorker(core), startLateSteps(core)],
    routes: [slipRoute(core)],
  }),
};
