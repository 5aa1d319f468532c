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
import { caseText } from '../cases/case-text.ts';
import { type CaseLink, CaseLinking, caseLinkOf, judgeLink } from '../cases/seen-case.ts';
import { startClock } from '../clocks/clock-rows.ts';
import { dueFrom } from '../clocks/due.ts';
import { Order, onTicket, seenTicket, type Work } from '../commands/on-ticket.ts';
import type { Done } from '../intake/file-complaint.ts';
import { calendarOf, type Workplace } from '../standing/places.ts';
import { handledElsewhere, notInThisState } from '../tickets/own-finding.ts';
import { courseState, FRESH, isRoot, type Ticket } from '../tickets/ticket.ts';
import { openWords, Reporter, type SlipStudent, sealWords, type TicketWords } from '../tickets/words.ts';
import { type Addressee, addresseeOf } from './addressee.ts';
import { keepReporter, reporterOf, SlipFields, studentOnSlip } from './slip-form.ts';

const Issuing = Order.extend({
  ...SlipFields.shape,
  ...CaseLinking.shape,
  /** The late party of the case where it is left out. */
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
    rule: 'TKT-10',
    act: 'ISSUE_VERIFICATION',
    event: VerificationSlipIssued,
    issuer: 'assigningUnit',
    addressee: 'verifyingUnit',
    on: 'assignedOn',
  },
  SUPERVISION: {
    operation: 'issueSupervisionSlip',
    rule: 'TKT-11',
    act: 'ISSUE_SUPERVISION',
    event: SupervisionSlipIssued,
    issuer: 'supervisingUnit',
    addressee: 'undertakingUnit',
    on: 'supervisedOn',
  },
} as const;

type Sheet = { words: TicketWords; reporter: Reporter | null };

/** What a slip is about: what the complaint says, and the course of the case that it names. */
const matterOf = async ({ core, ticket, today }: Work, { seen }: CaseLink): Promise<string> => {
  const { matter } = openWords(core.sealing, ticket);
  if (seen === undefined) return matter;
  return [matter, await caseText(core, seen, today, await calendarOf(core))].join('\n');
};

/** The slip as it would be filled in: by hand, and by the complaint and the case where that is left out. */
const sheetOf = async (
  work: Work,
  asked: Issuing,
  known: SlipStudent | null,
  link: CaseLink,
): Promise<Sheet> => {
  const { core, tx, ticket } = work;
  const { matter, responsiblePerson, responsiblePhone, handlingOpinion } = asked;
  const { studentName } = asked;
  return {
    reporter: asked.reporter ?? (await reporterOf(tx, core, ticket)),
    words: {
      matter: matter || (await matterOf(work, link)),
      student: known ?? (studentName ? { name: studentName } : null),
      ...{ responsiblePerson, responsiblePhone, handlingOpinion },
    },
  };
};

const judge = async (
  { caller, today, place, core, ticket }: Work,
  kind: SlipKind,
  asked: Issuing,
  { words, reporter }: Sheet,
  { code, isBelow }: Addressee,
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
    ...{ [issuer]: unitOf(caller), [addressee]: code, [on]: today },
    ...{ handler, handlerPhone, verifiedFacts, handlingResult },
  };
  const facts = { kind, department: caller.department ?? null, fields, dueOn: asked.dueOn ?? null };
  const unreported = ticket.origin === 'SYSTEM';
  return judgeSlip({ ...facts, addresseeBelow: isBelow, unreported }, today, place, await calendarOf(core));
};

const slipOf = (
  { core, caller, ticket, now }: Work,
  kind: SlipKind,
  unit: Workplace,
  words: TicketWords,
  link: CaseLink,
): Ticket => {
  const id = uuidv7();
  return {
    ...{
      id,
      kind,
      state: 'ISSUED',
      root: ticket.id,
      student: studentOf(ticket, link),
      school: ticket.school,
    },
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
    ...{ case: link.ref, lateUnit: link.lateUnit },
  };
};

/** Whom a slip is about: the student of the complaint, else the one of the case. */
const studentOf = ({ student }: Pick<Ticket, 'student'>, { seen }: CaseLink): string | null =>
  student ?? seen?.person ?? null;

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
  const { operation, act, rule } = KINDS[kind];
  const seen = await seenTicket(core, caller, asked.ticket);
  const link = await caseLinkOf(core, caller, asked, seen);
  const about = { student: studentOf(seen, link) };
  const known = await studentOnSlip(core, about, openWords(core.sealing, seen));
  const addressee = await addresseeOf(core, caller, asked.to || link.lateUnit);
  return onTicket({ core, caller, operation }, asked, async (work) => {
    const { ticket, today, place } = work;
    const state = isRoot(ticket) ? ticketAfter(courseState(ticket), act) : undefined;
    if (state === undefined) return { findings: [notInThisState] };
    if (ticket.target.code !== unitOf(caller)) return { findings: [handledElsewhere] };
    const sheet = await sheetOf(work, asked, known, link);
    const findings = [
      ...(await judge(work, kind, asked, sheet, addressee)),
      ...judgeLink(link, { student: ticket.student, handler: null }, rule, today, place),
    ];
    if (isStopped(findings) || addressee.unit === undefined) return { findings };
    const slip = slipOf(work, kind, addressee.unit, sheet.words, link);
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
