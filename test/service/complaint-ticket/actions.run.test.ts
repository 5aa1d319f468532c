import fc from 'fast-check';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import {
  callCentre,
  city,
  county,
  ministry,
  province,
  reporter,
  type Ticket,
  type TicketAnswer,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

const isLong = process.env.TEST_SIZE === 'long';
const seed = Number(process.env.TEST_SEED ?? 20_260_902);
/** All of them in the long run; a few of them, drawn by the seed, in the short one. */
const some = <Each>(all: readonly Each[], most: number, nth: number): Each[] =>
  isLong || all.length <= most
    ? [...all]
    : (fc.sample(fc.shuffledSubarray([...all], { minLength: most, maxLength: most }), {
        ...{ numRuns: 1, seed: seed + nth },
      })[0] ?? []);

const slip = {
  ...{ to: taiyuanPrimary, responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' },
  ...{ dueOn: '2026-09-09', studentName: '某学生', reporter },
};
const answer = { handler: '承办人丙', handlerPhone: '0351-2222222' };
const contact = { name: '联系人', unit: '省教育厅', phone: '0351-3333333' };
const ofSlip = ({ kind }: Ticket) => kind === 'VERIFICATION' || kind === 'SUPERVISION';

/** Each action as an order whose words are as they should be; papers have a test of their own. */
const ORDERS: Record<string, (ticket: Ticket, other: Ticket) => [string, string, Record<string, unknown>]> = {
  ACKNOWLEDGE: () => ['acknowledgeComplaint', 'OnTicketInput', {}],
  HANDLE: () => ['handleComplaint', 'TicketResultInput', { result: '已答复' }],
  CLOSE: () => ['closeTicket', 'TicketResultInput', { result: '已办结' }],
  ISSUE_VERIFICATION: () => ['issueVerificationSlip', 'IssueSlipInput', slip],
  ISSUE_SUPERVISION: () => ['issueSupervisionSlip', 'IssueSlipInput', { ...slip, handlingOpinion: '请办理' }],
  ANSWER: ({ kind }) =>
    kind === 'SUPERVISION'
      ? ['answerSupervisionSlip', 'AnswerSlipInput', { ...answer, handlingResult: '已更正' }]
      : ['answerVerificationSlip', 'AnswerSlipInput', { ...answer, verifiedFacts: '属实' }],
  RETURN: () => ['returnTicket', 'ReturnSlipInput', { reason: '不清楚', dueOn: '2026-09-10' }],
  WITHDRAW: () => ['withdrawSlip', 'WithdrawSlipInput', { reason: '不再需要' }],
  SEAL_REPORT: () => ['sealReportSlip', 'SealReportSlipInput', { provincialSealApplied: true }],
  WITHDRAW_REPORT: () => ['withdrawReportSlip', 'WithdrawSlipInput', { reason: '材料有误' }],
  ACCEPT_REPORT: () => [
    'acceptReportSlip',
    'AcceptReportSlipInput',
    { acceptor: '甲', acceptingUnit: '一司' },
  ],
  ANSWER_REPORT: () => ['answerReportSlip', 'AnswerReportSlipInput', { ministryOpinion: '已修复' }],
  ASSIGN: () => ['assignTicket', 'AssignTicketInput', { to: 'somebody' }],
  NOTE: () => ['addTicketNote', 'TicketNoteInput', { words: '备注' }],
  MERGE: (_, other) => ['mergeTickets', 'MergeTicketsInput', { into: other.id }],
  REOPEN: () => ['reopenTicket', 'ReopenTicketInput', { reason: '重办' }],
  FOLLOW_UP: () => ['followUpTicket', 'FollowUpTicketInput', { outcome: 'SATISFIED' }],
  EXTEND: (ticket) => [
    ...(['extendTicket', 'ExtendTicketInput'] as const),
    { dueOn: ofSlip(ticket) ? '2026-09-14' : '2026-09-21', reason: '复杂' },
  ],
  ESCALATE: () => ['escalateTicket', 'EscalateTicketInput', { reason: '上报' }],
  LINK_CASE: () => ['linkToCase', 'LinkToCaseInput', {}],
  LINK_ISSUE: () => ['linkToIssue', 'LinkToIssueInput', {}],
};

/** What a client offers is what is accepted, and nothing else, whoever looks and wherever a ticket stands. */
describe('the actions that a ticket offers', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const people: Record<string, Desk> = {
    ...{ registrar: county.registrar, head: county.head, technical: technical(county) },
    ...{ school: sending.head, above: city.head, aboveTechnical: technical(city), callCentre },
    ...{ provinceRegistrar: province.registrar, province: province.head, ministry },
  };
  const seen = ({ id }: Pick<Ticket, 'id'>, who: Desk = county.head) => desk.seen(who, id);
  const received = (who: Desk = county.registrar, more = {}) => desk.after(desk.file(who, more));
  const out = (kind: 'verify' | 'supervise', root: Promise<Ticket>) => async () => {
    const who = kind === 'verify' ? technical(county) : county.head;
    return desk.after(
      desk[kind](who, await root, { ...slip, handlingOpinion: kind === 'verify' ? null : '请办理' }),
    );
  };
  const answered = async (kind: 'verify' | 'supervise', root: Promise<Ticket>): Promise<Ticket> => {
    const given = await seen(await out(kind, root)(), sending.head);
    await desk.after(
      kind === 'verify'
        ? desk.answerVerification(sending.head, given, { ...answer, verifiedFacts: '属实' })
        : desk.answerSupervision(sending.head, given, { ...answer, handlingResult: '已更正' }),
    );
    return seen(given);
  };
  const rootOf = async (under: Ticket) => seen({ id: under.ticket?.id ?? '' });
  const closed = async () => desk.after(desk.close(county.head, await received(), { result: '已办结' }));
  const raised = async () => desk.after(desk.escalate(county.head, await received(), { reason: '涉及本局' }));
  /** With no complaint under it any more: it could not end before them. */
  const issue = async () => {
    const complaint = await received();
    const made = await desk.after(
      desk.order(county.head, 'openSystemicIssue', 'OpenSystemicIssueInput', {
        ...{ matter: '系统故障', tickets: [complaint.id] },
      }),
    );
    await desk.after(desk.link(county.head, await seen(complaint)));
    return made;
  };
  const ofSystem = () => received(province.registrar, { fault: 'SYSTEM_OPERATION' });
  const drafted = async (complaint: Ticket) =>
    desk.after(
      desk.draft(province.registrar, {
        ...{ businessContact: contact, technicalContact: contact },
        items: [{ description: '系统故障', scope: 'SYSTEM_OPERATION', complaints: [complaint.id] }],
      }),
    );
  const sealed = async (complaint: Ticket) =>
    desk.after(desk.seal(province.head, await drafted(complaint), { provincialSealApplied: true }));
  const accepted = async (complaint: Ticket) => {
    const report = await seen(await sealed(complaint), ministry);
    return desk.after(desk.accept(ministry, report, { acceptor: '甲', acceptingUnit: '一司' }));
  };
  const along = async (move: (complaint: Ticket) => Promise<Ticket>) => {
    const complaint = await ofSystem();
    await move(complaint);
    return complaint;
  };

  const stands: Record<string, () => Promise<Ticket>> = {
    received: () => received(),
    'received, extended': async () =>
      desk.after(desk.extend(county.head, await received(), { dueOn: '2026-09-21', reason: '复杂' })),
    'handled without a slip': async () =>
      desk.after(desk.handle(county.registrar, await received(), { result: '已答复' })),
    'under verification': async () => rootOf(await out('verify', received())()),
    verified: async () => rootOf(await answered('verify', received())),
    'under supervision': async () => rootOf(await out('supervise', received())()),
    'handled by a slip': async () => rootOf(await answered('supervise', received())),
    closed,
    merged: async () =>
      desk.after(desk.merge(county.head, await received(), { into: (await received()).id })),
    raised,
    'a verification slip': () => out('verify', received())(),
    'a verification slip answered': () => answered('verify', received()),
    'a supervision slip': () => out('supervise', received())(),
    'a supervision slip answered': () => answered('supervise', received()),
    'a slip taken back': async () =>
      desk.after(desk.withdraw(county.head, await out('supervise', received())(), { reason: '不再需要' })),
    'a slip whose complaint went up': async () => {
      const given = await out('supervise', received())();
      await desk.after(desk.escalate(county.head, await rootOf(given), { reason: '涉及本局' }));
      return given;
    },
    issue,
    'of the system': ofSystem,
    'of the system, drafted': () => along(drafted),
    'of the system, reported': () => along(sealed),
    'of the system, accepted': () => along(accepted),
    'a draft': async () => drafted(await ofSystem()),
    'a report': async () => sealed(await ofSystem()),
    'a report accepted': async () => accepted(await ofSystem()),
  };

  const made = async (who: Desk, action: string, ticket: Ticket, other: Ticket): Promise<boolean> => {
    const order = ORDERS[action];
    if (order === undefined) throw new Error(`No order for ${action}`);
    const [name, type, more] = order(ticket, other);
    const { data } = await desk.tryOn(who, name, type, {
      ...{ ticket: ticket.id, expectedVersion: ticket.version, ...more },
    });
    return Object.values(data ?? {}).some((each) => (each as TicketAnswer | null)?.ticket);
  };

  for (const [nth, [stand, build]] of Object.entries(stands).entries())
    test(`are those that are accepted: ${stand}`, async () => {
      const wrong: string[] = [];
      const other = await received();
      const ticket = await build();
      const offered = new Map<string, [string, Desk]>();
      for (const [name, who] of some(Object.entries(people), 5, nth)) {
        const { data } = await desk.see(who, ticket.id);
        const now = data?.ticket;
        const acts = now?.allowedActions ?? [];
        const refused = Object.keys(ORDERS).filter((action) => !acts.includes(action));
        // Whoever sees nothing of it is refused alike; one order stands for all.
        const tried = now ? some(refused, 4, nth + name.length) : refused.slice(0, 1);
        const done = await Promise.all(
          tried.map(async (action) => ((await made(who, action, now ?? ticket, other)) ? [action] : [])),
        );
        wrong.push(...done.flat().map((action) => `${name} is not offered ${action}`));
        for (const action of acts)
          if (action in ORDERS && !offered.has(action)) offered.set(action, [name, who]);
      }
      // Into what another unit handles nothing is put.
      if (ticket.unit !== other.unit) offered.delete('MERGE');
      for (const [action, [name, who]] of some([...offered], 3, nth)) {
        const fresh = await seen(await build(), who);
        if (!(await made(who, action, fresh, other))) wrong.push(`${name} is offered ${action} in vain`);
      }
      expect(wrong).toEqual([]);
    });
});
