import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { ReportSlipDrafted } from '#libs/contracts/events/ticket.ts';
import { SchoolCode, UnitCode, Uuid } from '#libs/contracts/ids.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { ticketAfter } from '#libs/law/ticket/course.ts';
import { isReportable, judgeReportSlip } from '#libs/law/ticket/report-slip.ts';
import { PROBLEM_SCOPES, type ProblemScope, scopeOf } from '#libs/law/ticket/scope.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { concernedOf } from '../intake/competent.ts';
import type { Done } from '../intake/file-complaint.ts';
import { lawPlaceOf, wayTo, workplaceBy } from '../standing/places.ts';
import { ticketScopeOf } from '../standing/ticket-scope.ts';
import { complaintNotReportable } from '../tickets/own-finding.ts';
import { saveNewTicket, saveTickets } from '../tickets/save-ticket.ts';
import { courseState, FRESH, type Ticket } from '../tickets/ticket.ts';
import { ticketsWhere } from '../tickets/ticket-rows.ts';
import { tellTicket } from '../tickets/ticket-signal.ts';
import { sealWords, type TicketWords } from '../tickets/words.ts';

const Contact = z
  .object({
    name: z.string().trim().max(120).nullish(),
    unit: z.string().trim().max(200).nullish(),
    phone: z.string().trim().max(40).nullish(),
  })
  .nullish();

const Drafting = z.object({
  idempotencyKey: z.string().min(1).max(100),
  businessContact: Contact,
  technicalContact: Contact,
  items: z
    .array(
      z.object({
        description: z.string().trim().max(5_000),
        scope: z.enum(PROBLEM_SCOPES),
        complaints: z.array(Uuid).max(50).nullish(),
        concerned: z
          .array(z.union([UnitCode, SchoolCode]))
          .max(20)
          .nullish(),
      }),
    )
    .max(100),
});
type Drafting = z.infer<typeof Drafting>;

const idsOf = ({ items }: Drafting): string[] => [
  ...new Set(items.flatMap(({ complaints }) => complaints ?? [])),
];

/** The complaints that a report names, as the caller sees them; OUT_OF_JURISDICTION where any of them is not shown. */
const seenComplaints = async (
  core: ServiceCore,
  caller: Actor,
  ids: readonly string[],
): Promise<Ticket[]> => {
  const scope = await ticketScopeOf(core, caller);
  const seen = await inScope(core.app, scope, (tx) => ticketsWhere(tx, 'ticket_id = any($1::uuid[])', [ids]));
  if (seen.length !== ids.length) throw outOfJurisdiction();
  return seen;
};

/** The scope that the complaints and the units concerned show, whatever the item says it is. */
const foundScope = async (
  core: ServiceCore,
  caller: Actor,
  { complaints, concerned }: Drafting['items'][number],
  seen: readonly Ticket[],
): Promise<ProblemScope> => {
  const shown = seen.filter(({ id }) => complaints?.includes(id)).find(({ scope }) => isReportable(scope));
  if (shown !== undefined) return shown.scope;
  const home = await wayTo(core, unitOf(caller));
  return scopeOf({ fault: 'NONE', concerned: await concernedOf(core, concerned ?? []), home });
};

const filled = (contact: z.infer<typeof Contact>) =>
  contact ? { name: contact.name ?? '', unit: contact.unit ?? '', phone: contact.phone ?? '' } : null;

const wordsOf = ({ items, ...contacts }: Drafting, seen: readonly Ticket[]): TicketWords => ({
  matter: items.map(({ description }, index) => `${index + 1}. ${description}`).join('\n'),
  items: items.map(({ description, scope, complaints }) => ({
    ...{ description, scope, complaints: complaints ?? [] },
    students: [
      ...new Set(seen.flatMap(({ id, student }) => (complaints?.includes(id) && student ? [student] : []))),
    ],
  })),
  businessContact: filled(contacts.businessContact),
  technicalContact: filled(contacts.technicalContact),
});

const reportOf = (
  core: ServiceCore,
  caller: Actor,
  own: { code: string; place: number; province: string },
  words: TicketWords,
): Ticket => {
  const [id, party] = [uuidv7(), { code: own.code, place: own.place }];
  const [first] = words.items ?? [];
  return {
    ...{ id, kind: 'REPORT', state: 'REPORT_DRAFTED', root: id, student: null, school: null, family: null },
    ...{ source: party, target: party, toldPlace: null, province: own.province, origin: 'UNIT' },
    ...{ channel: 'SYSTEM', scope: first?.scope ?? 'CROSS_PROVINCE', against: [], filedBy: caller.subject },
    ...{ openedAt: core.clock.now(), sealed: sealWords(core.sealing, id, words) },
    ...FRESH,
  };
};

/** Complaints with their locks, as they would go on with a report; undefined where one of them does not wait for it here. */
const onwards = async (tx: Tx, ids: readonly string[], own: string, report: string) => {
  const locked = await ticketsWhere(tx, 'ticket_id = any($1::uuid[]) order by ticket_id for update', [ids]);
  const moved = locked.flatMap((before) => {
    const isHere = before.kind === 'COMPLAINT' && before.target.code === own;
    const state = isHere ? ticketAfter(courseState(before), 'DRAFT_REPORT') : undefined;
    return state === undefined ? [] : [{ before, after: { ...before, state, report } }];
  });
  return moved.length === ids.length ? moved : undefined;
};

/**
 * A province drafts a report to the ministry on problems across provinces or of the national system, each an item of its own, with
 * both contacts (form F6; TKT-03, TKT-04, TKT-06, TKT-09). What stands against it is told at once.
 */
export const draftReportSlip = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'ticket.report');
  const { idempotencyKey: key, ...asked } = parseInput(Drafting, input);
  const order = { idempotencyKey: key, ...asked };
  const own = await workplaceBy(core, unitOf(caller));
  if (own === undefined) throw outOfJurisdiction();
  const [ids, on] = [idsOf(order), core.clock.today()];
  const seen = await seenComplaints(core, caller, ids);
  const items = await Promise.all(
    asked.items.map(async (item) => ({ ...item, found: await foundScope(core, caller, item, seen) })),
  );
  const words = wordsOf(order, seen);
  const { businessContact = null, technicalContact = null } = words;
  const facts = { byProvince: caller.level === 'PROVINCE', businessContact, technicalContact, items };
  const findings = judgeReportSlip(facts, on, await lawPlaceOf(core, own.code));
  const made = reportOf(core, caller, own, words);
  const at = made.openedAt;
  const command = { operation: 'draftReportSlip', caller: caller.subject, key, request: asked, at };
  const done = await asWorker(core.worker, (tx) =>
    once<Done>(tx, command, async () => {
      if (isStopped(findings)) return { ticket: null, findings };
      const moved = await onwards(tx, ids, own.code, made.id);
      if (moved === undefined) return { ticket: null, findings: [...findings, complaintNotReportable] };
      const line = { act: 'REPORT_DRAFTED' as const, unit: own.code, by: caller.subject };
      const told = [{ kind: ReportSlipDrafted, data: { items: items.length } }];
      await saveNewTicket(tx, core.sealing, at, { after: made, lines: [line], told });
      const changes = moved.map(({ before, after }) => ({ before, change: { after, lines: [line] } }));
      if (changes.length > 0) await saveTickets(tx, core.sealing, at, changes);
      return { ticket: made.id, findings };
    }),
  );
  if (done.ticket !== null) for (const ticket of [done.ticket, ...ids]) tellTicket(core, ticket);
  return done;
};
