import type { Desk } from '../world/desks.ts';
import type { World } from '../world/world.ts';

export type SlipView = {
  id: string;
  kind: string;
  state: string;
  version: number;
  unit: string;
  overdue: boolean;
};

/** A complaint as the province of it sees it. */
export type TicketView = {
  id: string;
  kind: string;
  state: string;
  version: number;
  unit: string;
  task: string | null;
  acknowledgedAt: string | null;
  report: { id: string } | null;
  slips: SlipView[];
};

const slipFields = 'id kind state version unit overdue';
export const ticketFields = `id kind state version unit
  ... on Complaint { task acknowledgedAt report { id } slips { ${slipFields} } }`;

type Payload = { ticket: TicketView | null };
type Said = { expects?: readonly string[]; countsAs?: string | null };

/** An order about complaints; the ticket that it changed, null where it was refused. */
export const order = async (
  world: World,
  as: Desk,
  does: string,
  type: string,
  input: Record<string, unknown>,
  said: Said = {},
): Promise<TicketView | null> => {
  const gives = `ticket { ${ticketFields} }`;
  const payload = await world.order<Payload>({ as, does, type, gives, input, ...said });
  return payload?.ticket ?? null;
};

type Seen = { id: string; version: number };
const on = ({ id, version }: Seen) => ({ ticket: id, expectedVersion: version });

/** Orders on a ticket that take nothing but what is said with them. */
export const act = {
  acknowledge: (world: World, as: Desk, seen: Seen) =>
    order(world, as, 'acknowledgeComplaint', 'OnTicketInput', on(seen)),
  handle: (world: World, as: Desk, seen: Seen) =>
    order(world, as, 'handleComplaint', 'TicketResultInput', { ...on(seen), result: '已核实并更正' }),
  close: (world: World, as: Desk, seen: Seen, said?: Said) =>
    order(world, as, 'closeTicket', 'TicketResultInput', { ...on(seen), result: '已办结' }, said),
  merge: (world: World, as: Desk, seen: Seen, into: string) =>
    order(world, as, 'mergeTickets', 'MergeTicketsInput', { ...on(seen), into }),
  reopen: (world: World, as: Desk, seen: Seen) =>
    order(world, as, 'reopenTicket', 'ReopenTicketInput', { ...on(seen), reason: '反映人不满意' }),
  handUp: (world: World, as: Desk, seen: Seen) =>
    order(world, as, 'escalateTicket', 'EscalateTicketInput', { ...on(seen), reason: '涉及本单位' }),
  followUp: (world: World, as: Desk, seen: Seen, outcome: string) =>
    order(world, as, 'followUpTicket', 'FollowUpTicketInput', { ...on(seen), outcome }),
  sendBack: (world: World, as: Desk, seen: Seen, dueOn: string) =>
    order(world, as, 'returnTicket', 'ReturnSlipInput', { ...on(seen), reason: '请附证明', dueOn }),
  withdraw: (world: World, as: Desk, seen: Seen) =>
    order(world, as, 'withdrawSlip', 'WithdrawSlipInput', { ...on(seen), reason: '改由本级办理' }),
} as const;

const responsible = { responsiblePerson: '责任人', responsiblePhone: '0351-1000000' };
const handler = { handler: '承办人', handlerPhone: '0351-2000000' };

/** What a slip is filled in with, beside what the complaint says. */
export type SlipOrder = {
  to: string;
  dueOn: string;
  studentName: string;
  reporter?: { name: string; phone: string };
};

export const verify = (world: World, as: Desk, seen: Seen, slip: SlipOrder, said?: Said) =>
  order(
    world,
    { ...as, department: 'TECHNICAL' },
    'issueVerificationSlip',
    'IssueSlipInput',
    { ...on(seen), ...responsible, ...slip },
    said,
  );

export const supervise = (world: World, as: Desk, seen: Seen, slip: SlipOrder, said?: Said) =>
  order(
    world,
    as,
    'issueSupervisionSlip',
    'IssueSlipInput',
    { ...on(seen), ...responsible, handlingOpinion: '请于期限内办理', ...slip },
    said,
  );

/** The addressee fills in its part of a slip. */
export const answer = (world: World, as: Desk, slip: SlipView) =>
  slip.kind === 'VERIFICATION'
    ? order(world, as, 'answerVerificationSlip', 'AnswerSlipInput', {
        ...{ ...on(slip), ...handler, verifiedFacts: '情况属实' },
      })
    : order(world, as, 'answerSupervisionSlip', 'AnswerSlipInput', {
        ...{ ...on(slip), ...handler, handlingResult: '已办理' },
      });
