import { randomUUID } from 'node:crypto';
import type { RunningService } from '#libs/platform/service/start.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { applicationDeskOf } from '#test/service/transfer/application-desk.ts';
import { type Pupil, transferDeskOf } from '#test/service/transfer/transfer-desk.ts';
import type { Registry } from '#test/support/registry.ts';

export type Clock = {
  clock: string;
  turn: number;
  state: string;
  startedOn: string;
  dueOn: string;
  provisional: boolean;
  workingDays: number;
  skipped: { on: string; why: string }[];
  byHand: boolean;
  missedAt: string | null;
};
export type Line = {
  act: string;
  unit: string | null;
  by: string | null;
  toUnit: string | null;
  words: string | null;
};
export type Ticket = {
  id: string;
  kind: string;
  state: string;
  version: number;
  unit: string;
  student: { id: string } | null;
  dueOn: string | null;
  overdue: boolean;
  endedAt: string | null;
  clocks: Clock[];
  history: Line[];
  assignedTo: string | null;
  attachments: { id: string; mediaType: string; unit: string; url: string }[];
  allowedActions: string[];
  origin: string;
  channel: string;
  scope: string;
  against: string[];
  /** The case that it is about; `course`: where a transfer stands, by its owner. */
  case: { __typename: string; id: string; course?: string } | null;
  lateUnit: string | null;
  matter: string | null;
  /** What a slip says of the matter: every complaint has its own, which some may not read. */
  written?: string;
  reporter: { name: string; phone: string; age: number | null } | null;
  acknowledgedAt: string | null;
  result: string | null;
  task: string | null;
  report: { id: string } | null;
  mergedInto: { id: string } | null;
  issue: { id: string } | null;
  followUp: string | null;
  tickets: { id: string }[];
  province: string;
  provincialSealApplied: boolean;
  items: { seq: number; description: string; complaints: { id: string }[]; students: { id: string }[] }[];
  businessContact: { name: string } | null;
  sentTo: string[];
  acceptor: string | null;
  ministryOpinion: string | null;
  slips: { id: string; kind: string; state: string; version: number }[];
  issuer: string;
  ticket: { id: string } | null;
  studentNamed: { name: string; age: number | null; studentNumber: string | null } | null;
  responsiblePerson: string | null;
  handler: string | null;
  answeredAt: string | null;
  verifiedFacts: string | null;
  handlingOpinion: string | null;
  handlingResult: string | null;
};
export type TicketAnswer = { ticket: Ticket | null; findings: Told[] };

const told = 'findings { ruleId outcome code message path remedy basis { document article layer } }';
const ofSlip = `issuer ticket { id } written: matter reporter { name phone age } studentNamed { name age studentNumber }
  responsiblePerson handler answeredAt`;
export const ticketFields = `id kind state version unit student { id } lateUnit
  case { __typename ... on TransferCase { id course: state } ... on EnrollmentCase { id } ... on KeyInformationChange { id }
    ... on StudentArchive { id } } dueOn overdue endedAt
  clocks { clock turn state startedOn dueOn provisional workingDays skipped { on why } byHand missedAt }
  assignedTo attachments { id mediaType size unit url } history { act unit by toUnit words } allowedActions
  ... on Complaint { origin channel scope against matter reporter { name phone age } acknowledgedAt result task report { id } mergedInto { id } issue { id } followUp
    slips { id kind state version } }
  ... on VerificationSlip { ${ofSlip} verifiedFacts } ... on SupervisionSlip { ${ofSlip} handlingOpinion handlingResult }
  ... on SystemicIssue { about: matter outcome: result tickets { id } }
  ... on ReportSlip { province provincialSealApplied sentTo acceptor ministryOpinion businessContact { name }
    items { seq description complaints { id } students { id } } given: slips { id kind state } }`;

export const county = authorityDesks('140105');
export const city = authorityDesks('140100', 'CITY');
export const province = authorityDesks('140000', 'PROVINCE');
/** The technical side of a unit: of its head, who issues verification slips. */
export const technical = ({ head }: { head: Desk }) => ({
  ...head,
  sub: `technical-${head.unit}`,
  department: 'TECHNICAL' as const,
});
export const callCentre: Desk = {
  ...{ sub: 'call-centre-140000', level: 'PROVINCE', unit: '140000', roles: ['CALL_CENTRE'] },
};
export const ministry: Desk = {
  sub: 'head-000000',
  level: 'MINISTRY',
  unit: '000000',
  roles: ['DECISION_MAKER'],
};

/** What a family or somebody at the telephone says of himself. */
export const reporter = { name: '反映人甲', phone: '13912345678', gender: 'FEMALE', birthDate: '1990-05-01' };

/** The registry as those use it who complain, and those who handle it. */
export const ticketDeskOf = (registry: Registry) => {
  const transfers = transferDeskOf(registry);
  const families = applicationDeskOf(transfers);
  const { desk, counter } = transfers;
  const service = (): RunningService => registry.network.service('complaint-ticket');

  const household = async (): Promise<{ child: Pupil; parent: Desk }> => {
    const child = await transfers.pupil();
    return { child, parent: await families.familyOf(child) };
  };

  const tryOn = (who: Desk, name: string, type: string, input: Record<string, unknown>) =>
    desk.ask<Record<string, TicketAnswer>>(
      who,
      `mutation ($input: ${type}!) { ${name}(input: $input) { ticket { ${ticketFields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
  const order = async (...sent: Parameters<typeof tryOn>): Promise<TicketAnswer> => {
    const answer = desk.answered(await tryOn(...sent))[sent[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };
  /** The ticket after somebody's move; throws where it was refused. */
  const after = async (move: Promise<TicketAnswer>): Promise<Ticket> => {
    const { ticket, findings } = await move;
    if (ticket === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return ticket;
  };
  const complaint = (more: Record<string, unknown> = {}) => ({ matter: '学籍被错误注销', reporter, ...more });
  const file = (who: Desk, more: Record<string, unknown> = {}) =>
    order(who, 'fileComplaint', 'FileComplaintInput', complaint(more));
  /** A complaint of a guardian about the own child. */
  const filed = async (
    more: Record<string, unknown> = {},
  ): Promise<{ parent: Desk; child: Pupil; ticket: Ticket }> => {
    const { child, parent } = await household();
    return { parent, child, ticket: await after(file(parent, { student: child.person, ...more })) };
  };
  const onIt =
    (name: string, type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`) =>
    (who: Desk, { id, version }: Pick<Ticket, 'id' | 'version'>, more: Record<string, unknown> = {}) =>
      order(who, name, type, { ticket: id, expectedVersion: version, ...more });

  const draft = (who: Desk, more: Record<string, unknown>) =>
    order(who, 'draftReportSlip', 'DraftReportSlipInput', more);
  const see = (who: Desk, id: string) =>
    desk.ask<{ ticket: Ticket }>(who, `query ($id: ID!) { ticket(id: $id) { ${ticketFields} } }`, { id });
  const seen = async (who: Desk, id: string): Promise<Ticket> => desk.answered(await see(who, id)).ticket;
  const list = async (who: Desk, filter: Record<string, unknown> = {}): Promise<string[]> =>
    desk
      .answered(
        await desk.ask<{ tickets: { edges: { node: { id: string } }[] } }>(
          who,
          'query ($f: TicketFilter) { tickets(filter: $f, first: 200) { edges { node { id } } } }',
          { f: filter },
        ),
      )
      .tickets.edges.map(({ node }) => node.id);

  const eventsOf = async (id: string): Promise<string[]> =>
    (
      await counter.rows<{ type: string }>(
        'complaint-ticket',
        `select type from (select type, aggregate_id, version from event_log
           union select type, aggregate_id, version from outbox) e where aggregate_id = $1 order by version`,
        [`ticket:${id}`],
      )
    ).map(({ type }) => type);

  const atRest = async (): Promise<void> => {
    await registry.settled();
    await service().atRest();
    await registry.settled();
  };

  return {
    ...{
      registry,
      transfers,
      desk,
      counter,
      service,
      household,
      tryOn,
      order,
      after,
      complaint,
      file,
      filed,
      draft,
      onIt,
    },
    ...{ see, seen, list, eventsOf, atRest },
    acknowledge: onIt('acknowledgeComplaint', 'OnTicketInput'),
    handle: onIt('handleComplaint', 'TicketResultInput'),
    close: onIt('closeTicket', 'TicketResultInput'),
    verify: onIt('issueVerificationSlip', 'IssueSlipInput'),
    supervise: onIt('issueSupervisionSlip', 'IssueSlipInput'),
    answerVerification: onIt('answerVerificationSlip', 'AnswerSlipInput'),
    answerSupervision: onIt('answerSupervisionSlip', 'AnswerSlipInput'),
    sendBack: onIt('returnTicket', 'ReturnSlipInput'),
    attach: onIt('attachToTicket'),
    assign: onIt('assignTicket'),
    note: onIt('addTicketNote', 'TicketNoteInput'),
    merge: onIt('mergeTickets'),
    reopen: onIt('reopenTicket'),
    followUp: onIt('followUpTicket'),
    link: onIt('linkToIssue'),
    takeBack: onIt('withdrawReportSlip', 'WithdrawSlipInput'),
    linkCase: onIt('linkToCase'),
    seal: onIt('sealReportSlip'),
    accept: onIt('acceptReportSlip'),
    answerReport: onIt('answerReportSlip'),
    extend: onIt('extendTicket'),
    escalate: onIt('escalateTicket'),
    withdraw: onIt('withdrawSlip', 'WithdrawSlipInput'),
  };
};
export type TicketDesk = ReturnType<typeof ticketDeskOf>;

export const codes = ({ findings }: Pick<TicketAnswer, 'findings'>): string[] =>
  findings.map(({ code }) => code);

/** The codes of the errors of an answer. */
export const errorsOf = async (
  answer: Promise<{ errors: { extensions: { code?: string } }[] }>,
): Promise<(string | undefined)[]> => (await answer).errors.map(({ extensions }) => extensions.code);
