import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { SupervisionSlipIssued, VerificationSlipIssued } from '#libs/contracts/events/ticket.ts';
import { Day } from '#libs/contracts/ids.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import { ticketAfter } from '#libs/law/ticket/course.ts';
import { judgeSlip, type SlipKind } from '#libs/law/ticket/slip.ts';
import { type Actor, unitOf } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket, seenTicket, type Work } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf, type Workplace, workplaceBy } from '../standing/places.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { courseState, FRESH, isRoot, type Ticket } from '../tickets/ticket.ts';
import { openWords, Reporter, type SlipStudent, sealWords, type TicketWords } from '../tickets/words.ts';
import { keepReporter, reporterOf, SlipFields, studentOnSlip } from './slip-form.ts';

const Issuing = Order.extend({
  ...SlipFields.shape,
  to: z.string().max(20).nullish(),
  dueOn: Day.nullish(),
  /** In place of what the complaint says, where it names nobody. */
  studentName: z.string().trim().max(120).nullish(),
  reporter: Reporter.nullish(),
});
type Issuing = z.infer<typeof Issuing>;

const KINDS = {
  VERIFICATION: {
    operation: 'issueVerificationSlip',
    act: 'ISSUE_VERIFICATION',
    event: VerificationSlipIssued,
    issuer: 'assigningUnit',
    addressee: 'verifyingUnit',
    on: 'assignedOn',
  },
  SUPERVISION: {
    operation: 'issueSupervisionSlip',
    act: 'ISSUE_SUPERVISION',
    event: SupervisionSlipIssued,
    issuer: 'supervisingUnit',
    addressee: 'undertakingUnit',
    on: 'supervisedOn',
  },
} as const;

/** Whom a slip goes to: the unit, where its code is one, and whether it stands below the issuer. */
type Addressee = { unit: Workplace | undefined; isBelow: boolean };

const addresseeOf = async (
  core: ServiceCore,
  caller: Actor,
  to: string | null | undefined,
): Promise<Addressee> => {
  const [own, range] = [
    await core.directory.workplaceOf(caller),
    to ? await core.directory.rangeOf(to) : undefined,
  ];
  const isBelow =
    own !== undefined && range !== undefined && to !== own.code && range.lo >= own.lo && range.hi <= own.hi;
  return { unit: to ? await workplaceBy(core, to) : undefined, isBelow };
};

type Sheet = { words: TicketWords; reporter: Reporter | null };

/** The slip as it would be filled in: by hand, and by the complaint where that is left out. */
const sheetOf = async (
  { core, tx, ticket }: Work,
  asked: Issuing,
  known: SlipStudent | null,
): Promise<Sheet> => {
  const { matter, responsiblePerson, responsiblePhone, handlingOpinion } = asked;
  const { studentName } = asked;
  return {
    reporter: asked.reporter ?? (await reporterOf(tx, core, ticket)),
    words: {
      matter: matter || openWords(core.sealing, ticket).matter,
      student: known ?? (studentName ? { name: studentName } : null),
      ...{ responsiblePerson, responsiblePhone, handlingOpinion },
    },
  };
};

const judge = async (
  { caller, today, place, core }: Work,
  kind: SlipKind,
  asked: Issuing,
  { words, reporter }: Sheet,
  { isBelow }: Addressee,
) => {
  const { issuer, addressee, on } = KINDS[kind];
  const { handler, handlerPhone, verifiedFacts, handlingResult } = asked;
  const fields = {
    ...{
      'reporter.name': reporter?.name,
      'reporter.phone': reporter?.phone,
      'student.name': words.student?.name,
    },
    ...{ matter: words.matter, responsiblePerson: words.responsiblePerson },
    ...{ responsiblePhone: words.responsiblePhone, handlingOpinion: words.handlingOpinion },
    ...{ [issuer]: unitOf(caller), [addressee]: asked.to, [on]: today },
    ...{ handler, handlerPhone, verifiedFacts, handlingResult },
  };
  const facts = { kind, department: caller.department ?? null, fields, dueOn: asked.dueOn ?? null };
  return judgeSlip({ ...facts, addresseeBelow: isBelow }, today, place, await calendarOf(core));
};

const slipOf = (
  { core, caller, ticket, now }: Work,
  kind: SlipKind,
  unit: Workplace,
  words: TicketWords,
): Ticket => {
  const id = uuidv7();
  return {
    ...{ id, kind, state: 'ISSUED', root: ticket.id, student: ticket.student, school: ticket.school },
    ...{
      family: null,
      source: ticket.target,
      target: { code: unit.code, place: unit.place },
      toldPlace: null,
    },
    ...{ province: unit.province, origin: 'UNIT', channel: 'SYSTEM', scope: ticket.scope },
    ...{ against: ticket.against, filedBy: caller.subject, openedAt: now },
    sealed: sealWords(core.sealing, id, words),
    ...FRESH,
  };
};

/** Writes the slip with its clock and what the addressee may know of the reporter; the event goes out with it. */
const issue = async (work: Work, slip: Ticket, { reporter }: Sheet, asked: Issuing) => {
  const { core, tx, now, caller } = work;
  const { event } = KINDS[slip.kind as SlipKind];
  const due = dueFrom('SLIP', now, await calendarOf(core), asked.dueOn ?? undefined);
  await startClock(tx, slip, due, now);
  if (reporter !== null) await keepReporter(tx, core, slip, reporter);
  const data = { issuer: slip.source.code, dueOn: due.dueOn, provisional: due.provisional };
  const line = {
    act: 'SLIP_ISSUED' as const,
    unit: slip.source.code,
    by: caller.subject,
    toUnit: slip.target.code,
  };
  return { line, change: { after: slip, lines: [line], told: [{ kind: event, data }] } };
};

const issueSlip = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
  kind: SlipKind,
): Promise<Done> => {
  const caller = authorize(actor, 'ticket.issue');
  const asked = parseInput(Issuing, input);
  const { operation, act } = KINDS[kind];
  const seen = await seenTicket(core, caller, asked.ticket);
  const known = await studentOnSlip(core, seen, openWords(core.sealing, seen));
  const addressee = await addresseeOf(core, caller, asked.to);
  return onTicket({ core, caller, operation }, asked, async (work) => {
    const { ticket } = work;
    const state = isRoot(ticket) ? ticketAfter(courseState(ticket), act) : undefined;
    if (state === undefined) return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const sheet = await sheetOf(work, asked, known);
    const findings = await judge(work, kind, asked, sheet, addressee);
    if (isStopped(findings) || addressee.unit === undefined) return { findings };
    const slip = slipOf(work, kind, addressee.unit, sheet.words);
    const { line, change } = await issue(work, slip, sheet, asked);
    return {
      after: { ...ticket, state, task: kind === 'SUPERVISION' ? null : ticket.task },
      lines: [line],
      also: [{ before: undefined, change }],
      shown: slip.id,
      findings,
    };
  });
};

/** The technical department of the unit that handles a complaint asks a unit below it what the facts are (form F7, TKT-07, TKT-10). */
export const issueVerificationSlip = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => issueSlip(core, actor, input, 'VERIFICATION');

/** Its administrative department orders a unit below it to act (form F8, TKT-08, TKT-11). */
export const issueSupervisionSlip = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> =>
  issueSlip(core, actor, input, 'SUPERVISION');
