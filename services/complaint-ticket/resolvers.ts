import type { GraphQLResolverMap } from '@apollo/subgraph';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { assignTicket, handOverTickets } from './assignment/assign.ts';
import { attachToTicket } from './attachments/attach.ts';
import { caseViews } from './cases/case-view.ts';
import { linkToCase } from './cases/link-to-case.ts';
import { escalateTicket, extendTicket } from './clocks/extend.ts';
import { previewSlipClock } from './clocks/preview-clock.ts';
import { acknowledgeComplaint } from './commands/acknowledge.ts';
import { closeTicket, handleComplaint } from './commands/close-ticket.ts';
import { mergeTickets } from './commands/merge.ts';
import { addTicketNote } from './commands/note.ts';
import { seenTicket } from './commands/on-ticket.ts';
import { followUpTicket, reopenTicket } from './commands/reopen.ts';
import type { Context } from './context.ts';
import { createDisclosureResolvers } from './disclosure/disclosure-resolvers.ts';
import { createEnquiryResolvers } from './enquiry/enquiry-resolvers.ts';
import type { Resolvers } from './generated/types.ts';
import { type Done, fileComplaint } from './intake/file-complaint.ts';
import { previewComplaint } from './intake/preview-complaint.ts';
import { linkToIssue, openSystemicIssue } from './issues/open-issue.ts';
import { createLatePolicyResolvers } from './late-steps/policy-resolvers.ts';
import { draftReportSlip } from './reports/draft-report.ts';
import { acceptReportSlip, answerReportSlip, sealReportSlip } from './reports/move-report.ts';
import { withdrawReportSlip } from './reports/withdraw-report.ts';
import { answerSupervisionSlip, answerVerificationSlip } from './slips/answer-slip.ts';
import { issueSupervisionSlip, issueVerificationSlip } from './slips/issue-slip.ts';
import { returnTicket, withdrawSlip } from './slips/return-slip.ts';
import { slipDraftFromCase } from './slips/slip-draft.ts';
import { isAnothers } from './standing/parties.ts';
import { listTickets } from './tickets/ticket-list.ts';
import { createTicketViews } from './tickets/ticket-view.ts';

/** Queries and mutations of tickets: translate arguments, run the command, load what it changed. */
export const createResolvers = (
  core: ServiceCore,
  mailboxes: readonly string[],
): GraphQLResolverMap<Context> => {
  const seal = sealReportSlip(mailboxes);
  const done = async ({ ticket, findings }: Done, { tickets }: Context) => ({
    ticket: ticket === null ? null : await tickets.byId.clear(ticket).load(ticket),
    findings: [...findings],
  });

  const enquiries = createEnquiryResolvers(core);
  const disclosures = createDisclosureResolvers(core);
  const latePolicies = createLatePolicyResolvers(core);

  const typed: Resolvers = {
    NumberEnquiry: enquiries.NumberEnquiry,
    Disclosure: disclosures.Disclosure,
    Query: {
      ...enquiries.Query,
      ...disclosures.Query,
      ...latePolicies.Query,
      ticket: async (_, { id }, { actor }) => seenTicket(core, authorize(actor, 'ticket.read'), id),
      tickets: async (_, { filter, ...page }, context) => {
        const actor = authorize(context.actor, 'ticket.read');
        return listTickets({ core, actor, scope: await context.scope() }, filter ?? {}, page);
      },
      previewComplaint: (_, { input }, { actor }) => previewComplaint(core, actor, input),
      slipDraftFromCase: (_, { case: asked }, { actor }) => slipDraftFromCase(core, actor, asked),
      previewSlipClock: (_, { dueOn }, { actor }) => previewSlipClock(core, actor, dueOn ?? undefined),
    },
    Mutation: {
      ...enquiries.Mutation,
      ...disclosures.Mutation,
      ...latePolicies.Mutation,
      fileComplaint: async (_, { input }, context) =>
        done(await fileComplaint(core, context.actor, input), context),
      acknowledgeComplaint: async (_, { input }, context) =>
        done(await acknowledgeComplaint(core, context.actor, input), context),
      handleComplaint: async (_, { input }, context) =>
        done(await handleComplaint(core, context.actor, input), context),
      closeTicket: async (_, { input }, context) =>
        done(await closeTicket(core, context.actor, input), context),
      issueVerificationSlip: async (_, { input }, context) =>
        done(await issueVerificationSlip(core, context.actor, input), context),
      answerVerificationSlip: async (_, { input }, context) =>
        done(await answerVerificationSlip(core, context.actor, input), context),
      issueSupervisionSlip: async (_, { input }, context) =>
        done(await issueSupervisionSlip(core, context.actor, input), context),
      answerSupervisionSlip: async (_, { input }, context) =>
        done(await answerSupervisionSlip(core, context.actor, input), context),
      returnTicket: async (_, { input }, context) =>
        done(await returnTicket(core, context.actor, input), context),
      extendTicket: async (_, { input }, context) =>
        done(await extendTicket(core, context.actor, input), context),
      escalateTicket: async (_, { input }, context) =>
        done(await escalateTicket(core, context.actor, input), context),
      draftReportSlip: async (_, { input }, context) =>
        done(await draftReportSlip(core, context.actor, input), context),
      withdrawReportSlip: async (_, { input }, context) =>
        done(await withdrawReportSlip(core, context.actor, input), context),
      sealReportSlip: async (_, { input }, context) => done(await seal(core, context.actor, input), context),
      acceptReportSlip: async (_, { input }, context) =>
        done(await acceptReportSlip(core, context.actor, input), context),
      answerReportSlip: async (_, { input }, context) =>
        done(await answerReportSlip(core, context.actor, input), context),
      assignTicket: async (_, { input }, context) =>
        done(await assignTicket(core, context.actor, input), context),
      addTicketNote: async (_, { input }, context) =>
        done(await addTicketNote(core, context.actor, input), context),
      mergeTickets: async (_, { input }, context) =>
        done(await mergeTickets(core, context.actor, input), context),
      reopenTicket: async (_, { input }, context) =>
        done(await reopenTicket(core, context.actor, input), context),
      followUpTicket: async (_, { input }, context) =>
        done(await followUpTicket(core, context.actor, input), context),
      openSystemicIssue: async (_, { input }, context) =>
        done(await openSystemicIssue(core, context.actor, input), context),
      linkToIssue: async (_, { input }, context) =>
        done(await linkToIssue(core, context.actor, input), context),
      linkToCase: async (_, { input }, context) =>
        done(await linkToCase(core, context.actor, input), context),
      handOverTickets: (_, { input }, { actor }) => handOverTickets(core, actor, input),
      attachToTicket: async (_, { input }, context) =>
        done(await attachToTicket(core, context.actor, input), context),
      withdrawSlip: async (_, { input }, context) =>
        done(await withdrawSlip(core, context.actor, input), context),
    },
    ComplaintPreview: { receiver: ({ unit }) => ({ __typename: 'OrgUnit', code: unit }) },
    Student: {
      tickets: async ({ id }, _, { actor, tickets, trail }) => {
        const caller = authorize(actor, 'ticket.read');
        const found = await tickets.ofStudent.load(id);
        const own = found.filter((ticket) => !isAnothers(ticket, caller));
        if (own.length > 0) trail.read(id);
        return own;
      },
    },
    ...caseViews,
    ...createTicketViews(core),
  };
  return typed as unknown as GraphQLResolverMap<Context>;
};
