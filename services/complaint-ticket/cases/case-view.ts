import type { CaseKind } from '#libs/law/ticket/case-steps.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import type { DraftStep, SlipDraft } from '../slips/slip-draft.ts';
import { isAnothers } from '../standing/parties.ts';
import type { Ticket } from '../tickets/ticket.ts';
import { type CaseRef, nameOfCase, publicCaseId, readCaseRef } from './case-ref.ts';
import { timed } from './seen-case.ts';

/** A case as its owner knows it. */
export type CaseNode = { id: string; ref: CaseRef };

const TYPES = {
  TRANSFER: 'TransferCase',
  ENROLLMENT: 'EnrollmentCase',
  KEY_CHANGE: 'KeyInformationChange',
  ARCHIVE_HANDOVER: 'StudentArchive',
} as const satisfies Record<CaseKind, string>;

const nodeOf = (ref: CaseRef, person: string): CaseNode => ({ ref, id: publicCaseId(ref, person) });

/** The case that a ticket is about, for whoever sees the case as well; whose fields it has, its owner guards once more. */
export const caseOfTicket = async (
  ticket: Ticket,
  _: unknown,
  { cases }: Context,
): Promise<CaseNode | null> => {
  if (ticket.case === null) return null;
  const [first] = await cases.steps.load(nameOfCase(ticket.case));
  return first === undefined ? null : nodeOf(ticket.case, first.person);
};

/** The tickets that are about a case, as far as the caller sees them: families those that they filed themselves. */
const ticketsOf = async (
  { ref }: CaseNode,
  _: unknown,
  { actor, cases, trail }: Context,
): Promise<Ticket[]> => {
  const caller = authorize(actor, 'ticket.read');
  const found = await cases.tickets.load(nameOfCase(ref));
  const own = found.filter((ticket) => !isAnothers(ticket, caller));
  for (const { student } of own) if (student !== null) trail.read(student);
  return own;
};

const owned = (kind: CaseKind) => ({
  __resolveReference: ({ id }: { id: string }, { actor }: Context): CaseNode | null =>
    actor !== null && isGranted(actor, 'ticket.read') ? { id, ref: readCaseRef({ kind, id }) } : null,
  tickets: ticketsOf,
});

/** Resolvers of what complaint-ticket adds to the cases of other services, and of slips that are filled in by one. */
export const caseViews = {
  TicketCase: { __resolveType: ({ ref }: CaseNode) => TYPES[ref.kind] },
  TransferCase: owned('TRANSFER'),
  EnrollmentCase: owned('ENROLLMENT'),
  KeyInformationChange: owned('KEY_CHANGE'),
  StudentArchive: owned('ARCHIVE_HANDOVER'),
  SlipDraft: {
    case: ({ seen }: SlipDraft) => nodeOf(seen.ref, seen.person),
    student: ({ seen }: SlipDraft, _: unknown, { trail }: Context) => {
      trail.read(seen.person);
      return { id: seen.person };
    },
  },
  SlipDraftStep: {
    party: ({ step }: DraftStep) => step.party,
    unit: ({ step }: DraftStep) => step.unit,
    openedOn: ({ step }: DraftStep) => timed(step).openedOn,
    dueOn: ({ step }: DraftStep) => step.dueOn,
    provisional: ({ step }: DraftStep) => step.provisional,
    doneOn: ({ step }: DraftStep) => timed(step).doneOn,
    lapsed: ({ step }: DraftStep) => step.lapsed,
  },
} satisfies Partial<Resolvers>;
