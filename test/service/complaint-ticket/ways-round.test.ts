import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import {
  callCentre,
  city,
  codes,
  county,
  errorsOf,
  reporter,
  type Ticket,
  type TicketAnswer,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

/** Tickets that do not go straight to their end: no one is lost on the way, shown to others, or left without an end. */
describe('a ticket that goes a way round', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const responsible = {
    responsiblePerson: '责任人乙',
    responsiblePhone: '0351-1111111',
    dueOn: '2026-09-09',
  };
  const slip = { to: taiyuanPrimary, ...responsible, studentName: '某学生' };
  const supervision = { ...slip, handlingOpinion: '请办理' };
  const handler = { handler: '承办人丙', handlerPhone: '0351-2222222' };
  const at = (who: Desk) => async (ticket: Pick<Ticket, 'id'>) => desk.seen(who, ticket.id);
  const atHead = at(county.head);
  /** Taken down by the county’s own registrar at the telephone. */
  const taken = async (): Promise<Ticket> => desk.after(desk.file(county.registrar));
  const verify = async (ticket: Ticket) =>
    desk.after(desk.verify(technical(county), await atHead(ticket), slip));
  const supervise = async (ticket: Ticket) =>
    desk.after(desk.supervise(county.head, await atHead(ticket), supervision));
  const factsOf = async (out: Ticket) =>
    desk.after(
      desk.answerVerification(sending.head, await at(sending.head)(out), {
        ...handler,
        verifiedFacts: '属实',
      }),
    );
  const doneOn = async (out: Ticket) =>
    desk.after(
      desk.answerSupervision(sending.head, await at(sending.head)(out), {
        ...{ ...handler, handlingResult: '已更正' },
      }),
    );
  const withdrawn = async (out: Ticket) =>
    desk.after(desk.withdraw(county.head, await atHead(out), { reason: '不再需要' }));
  const returned = async (out: Ticket) =>
    desk.after(desk.sendBack(county.head, await atHead(out), { reason: '请再核实', dueOn: '2026-09-10' }));

  test('is seen by whoever took it down at the telephone as by everybody else of the unit that handles it', async () => {
    const ticket = await taken();
    await desk.after(desk.note(county.head, ticket, { words: '请先核实', inside: true }));
    const out = await verify(ticket);
    for (const who of [county.registrar, county.head])
      expect(await desk.seen(who, ticket.id)).toMatchObject({
        ...{ slips: [{ id: out.id }], reporter: { name: reporter.name } },
        history: [
          { act: 'RECEIVED' },
          { words: '请先核实', by: county.head.sub },
          { by: technical(county).sub },
        ],
      });
    const elsewhere = await desk.after(desk.file(county.registrar, { against: ['140105'] }));
    expect(elsewhere.unit).toBe('140100');
    expect(await desk.seen(county.registrar, elsewhere.id)).toMatchObject({ reporter: null, slips: [] });
    const atPhone = await desk.after(desk.file(callCentre, { against: [taiyuanPrimary] }));
    expect((await desk.seen(callCentre, atPhone.id)).allowedActions).toEqual(['NOTE']);
    expect(codes(await desk.note(callCentre, atPhone, { words: '来电补充' }))).toEqual([]);
  });

  test('is with nobody yet at the unit to which it goes up', async () => {
    const { ticket } = await desk.filed();
    const held = await desk.after(desk.assign(county.head, ticket, { to: county.registrar.sub }));
    await desk.after(desk.escalate(county.head, held, { reason: '涉及本局' }));
    expect(await desk.seen(city.head, ticket.id)).toMatchObject({ unit: '140100', assignedTo: null });
    expect(await desk.list(city.head, { unassigned: true })).toContain(ticket.id);
    expect(await desk.list(city.head, { assignedTo: county.registrar.sub })).toEqual([]);
  });

  test('ends whole when it is put to another: no answered slip is left, and every reporter is told', async () => {
    const [first, second, third] = [await desk.filed(), await desk.filed(), await desk.filed()];
    const out = await verify(first.ticket);
    await factsOf(out);
    await desk.after(desk.merge(county.head, await atHead(first.ticket), { into: second.ticket.id }));
    expect(await atHead(out)).toMatchObject({ state: 'CLOSED', allowedActions: [] });
    expect(await desk.list(sending.head, { open: true })).not.toContain(out.id);
    await desk.after(desk.merge(county.head, await atHead(second.ticket), { into: third.ticket.id }));
    await desk.after(desk.close(county.head, await atHead(third.ticket), { result: '已更正' }));
    for (const { parent, ticket } of [first, second, third])
      expect((await desk.seen(parent, ticket.id)).result).toBe('已更正');
  });

  test(
    breaks('TKT-16', 'tells a guardian nothing of what the other guardian of the child complains of'),
    async () => {
      const { child, parent, ticket } = await desk.filed();
      const other: Desk = { ...parent, sub: `other-${child.person}` };
      const link = { student: child.person, subject: other.sub, position: 1, basis: 'HOUSEHOLD_REGISTER' };
      const linked = await desk.desk.ask<{ linkGuardian: { findings: unknown[] } }>(
        sending.registrar,
        'mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }',
        { input: { idempotencyKey: randomUUID(), ...link } },
      );
      expect(desk.desk.answered(linked).linkGuardian.findings).toEqual([]);
      await registry.settled();
      const theirs = await desk.after(desk.file(other, { student: child.person }));
      await desk.after(desk.note(other, theirs, { words: '请勿告知对方' }));
      await desk.after(desk.merge(county.head, await atHead(ticket), { into: theirs.id }));
      const { mergedInto } = desk.desk.answered(
        await desk.desk.ask<{ ticket: { mergedInto: unknown } }>(
          parent,
          `query ($id: ID!) { ticket(id: $id) { ... on Complaint { mergedInto { id history { words } } } } }`,
          { id: ticket.id },
        ),
      ).ticket;
      expect(mergedInto).toBeNull();
      expect(await errorsOf(desk.see(parent, theirs.id))).toEqual(['OUT_OF_JURISDICTION']);
      expect(await desk.list(parent)).toEqual([ticket.id]);
    },
  );

  test(
    breaks('TKT-16', 'names no reporter to the school that is given its slip, though it names no school'),
    async () => {
      const given = await supervise(await taken());
      const atSchool = await at(sending.head)(given);
      expect(atSchool).toMatchObject({ state: 'ISSUED', reporter: null, written: '学籍被错误注销' });
      expect((await atHead(given)).reporter?.name).toBe(reporter.name);
    },
  );

  test('stands where the slips under it stand, whichever of them is sent back or taken back', async () => {
    const ticket = await taken();
    const [facts, order] = [await verify(ticket), await supervise(ticket)];
    await withdrawn(facts);
    expect((await atHead(ticket)).state).toBe('SUPERVISION_ISSUED');
    await doneOn(order);
    expect((await atHead(ticket)).state).toBe('HANDLED');
    const again = await supervise(ticket);
    await withdrawn(again);
    expect((await atHead(ticket)).state).toBe('HANDLED');
    const late = await taken();
    const [verified, ordered] = [await verify(late), await supervise(late)];
    await factsOf(verified);
    await doneOn(ordered);
    await returned(verified);
    expect((await atHead(late)).state).toBe('VERIFICATION_ASSIGNED');
    await factsOf(verified);
    expect((await atHead(late)).state).toBe('HANDLED');
    expect((await desk.after(desk.close(county.head, await atHead(late), { result: '已办结' }))).state).toBe(
      'CLOSED',
    );
  });

  test('runs against a clock again where the order that followed its handling is taken back', async () => {
    const ticket = await taken();
    await desk.after(desk.handle(county.registrar, ticket, { result: '已答复' }));
    await withdrawn(await supervise(ticket));
    const open = await atHead(ticket);
    expect(open.state).toBe('RECEIVED');
    expect(open.clocks.filter(({ clock, state }) => clock === 'HANDLE' && state === 'RUNNING')).toHaveLength(
      1,
    );
  });

  test(
    breaks('TKT-01', 'does not wait for ever for a slip of the unit below that handed it up'),
    async () => {
      const { ticket } = await desk.filed();
      const out = await supervise(ticket);
      await desk.after(desk.escalate(county.head, await atHead(ticket), { reason: '涉及本局' }));
      const above = await at(city.head)(ticket);
      expect(codes(await desk.close(city.head, above, { result: '已办结' }))).toEqual(['OPEN_SLIPS']);
      const seen = await at(city.head)(out);
      expect(seen.allowedActions).toEqual(['WITHDRAW']);
      await desk.after(desk.withdraw(city.head, seen, { reason: '改由市局办理' }));
      const closed = await desk.after(
        desk.close(city.head, await at(city.head)(ticket), { result: '已办结' }),
      );
      expect(closed.state).toBe('CLOSED');
    },
  );

  test(breaks('TKT-01', 'is not answered in words that nobody can see'), async () => {
    const ticket = await taken();
    const unseen = '\u200b\u2060\ufeff\u00ad\u202e';
    expect(codes(await desk.close(county.head, ticket, { result: unseen }))).toEqual(['RESULT_MISSING']);
    const answers: Promise<{ errors: { extensions: { code?: string } }[] }>[] = [
      desk.tryOn(county.registrar, 'fileComplaint', 'FileComplaintInput', desk.complaint({ matter: unseen })),
      desk.tryOn(
        county.registrar,
        'fileComplaint',
        'FileComplaintInput',
        desk.complaint({ matter: '字'.repeat(5_001) }),
      ),
      desk.tryOn(county.registrar, 'handleComplaint', 'TicketResultInput', {
        ...{ ticket: ticket.id, expectedVersion: ticket.version, result: unseen },
      }),
      desk.tryOn(county.registrar, 'addTicketNote', 'TicketNoteInput', {
        ...{ ticket: ticket.id, expectedVersion: ticket.version, words: unseen },
      }),
    ];
    for (const answer of answers) expect(await errorsOf(answer)).toEqual(['BAD_USER_INPUT']);
  });

  test('takes words as they are, of whatever signs, and gives no error that is not an answer', async () => {
    const ticket = await taken();
    const words = '<script>alert(1)</script>\u202eabc\ud83d\ude00 \u0007';
    const noted = await desk.after(desk.note(county.head, ticket, { words }));
    expect(noted.history.at(-1)?.words).toBe(words.trim());
    for (const bad of ['\u0000', 'a\u0000b', '\ud800'])
      for (const [name, type, more] of [
        ['addTicketNote', 'TicketNoteInput', { words: `x${bad}` }],
        ['assignTicket', 'AssignTicketInput', { to: `x${bad}` }],
        ['issueSupervisionSlip', 'IssueSlipInput', { ...supervision, to: `x${bad}` }],
        ['addTicketNote', 'TicketNoteInput', { words: 'x', idempotencyKey: `${randomUUID()}${bad}` }],
        ['mergeTickets', 'MergeTicketsInput', { into: `x${bad}` }],
      ] as const) {
        const { ticket: id, expectedVersion } = {
          ticket: ticket.id,
          expectedVersion: (await atHead(ticket)).version,
        };
        const told = await errorsOf(
          desk.tryOn(county.head, name, type, { ticket: id, expectedVersion, ...more }),
        );
        expect([name, bad, told.filter((code) => code !== 'BAD_USER_INPUT')]).toEqual([name, bad, []]);
      }
    const listed = await desk.desk.ask<unknown>(
      county.head,
      'query ($f: TicketFilter) { tickets(filter: $f) { edges { cursor } } }',
      { f: { assignedTo: 'a\u0000', unit: '\u0000' } },
    );
    expect(listed.errors.every(({ extensions }) => extensions.code === 'BAD_USER_INPUT')).toBe(true);
  });

  test('of two moves at once only one is made, whatever they are', async () => {
    const move = (
      name: string,
      type: string,
      ticket: Ticket,
      more: Record<string, unknown>,
      who = county.head,
    ) => desk.tryOn(who, name, type, { ticket: ticket.id, expectedVersion: ticket.version, ...more });
    const won = async (moves: ReturnType<typeof move>[]) => {
      const answers = await Promise.all(moves);
      for (const { errors } of answers)
        for (const { extensions } of errors) expect(extensions.code).toBe('VERSION_CONFLICT');
      return answers.filter(({ data }) =>
        Object.values(data ?? {}).some((each) => (each as TicketAnswer | null)?.ticket),
      ).length;
    };
    const [one, other] = [await taken(), await taken()];
    expect(
      await won([
        move('mergeTickets', 'MergeTicketsInput', one, { into: other.id }),
        move('mergeTickets', 'MergeTicketsInput', other, { into: one.id }),
      ]),
    ).toBe(1);
    const third = await taken();
    expect(
      await won([
        move('closeTicket', 'TicketResultInput', third, { result: '已办结' }),
        move('escalateTicket', 'EscalateTicketInput', third, { reason: '上报' }),
        move('issueSupervisionSlip', 'IssueSlipInput', third, supervision),
        move('handleComplaint', 'TicketResultInput', third, { result: '已答复' }, county.registrar),
      ]),
    ).toBe(1);
    const fourth = await taken();
    await desk.after(desk.close(county.head, fourth, { result: '已办结' }));
    const ended = await atHead(fourth);
    expect(
      await won([
        move('reopenTicket', 'ReopenTicketInput', ended, { reason: '重办' }),
        move('reopenTicket', 'ReopenTicketInput', ended, { reason: '再办' }),
      ]),
    ).toBe(1);
    const fifth = await taken();
    const issue = await desk.after(
      desk.order(county.head, 'openSystemicIssue', 'OpenSystemicIssueInput', {
        ...{ matter: '系统故障', tickets: [third.id === '' ? '' : fifth.id] },
      }),
    );
    await desk.after(desk.link(county.head, await atHead(fifth)));
    const [free, cause] = [await atHead(fifth), await atHead(issue)];
    await Promise.all([
      move('linkToIssue', 'LinkToIssueInput', free, { issue: cause.id }),
      move('closeTicket', 'TicketResultInput', cause, { result: '已修复' }),
    ]);
    const [after, over] = [await atHead(fifth), await atHead(issue)];
    expect(after.issue !== null && over.state === 'CLOSED').toBe(false);
  });

  test('is asked for in pages of this list alone, and an order means one thing', async () => {
    const page = (more: Record<string, unknown>) =>
      desk.desk.ask<{ tickets: { edges: { cursor: string }[] } }>(
        county.head,
        'query ($first: Int, $after: String) { tickets(first: $first, after: $after) { edges { cursor } } }',
        more,
      );
    for (const first of [0, -1, 1_000]) expect(await errorsOf(page({ first }))).toEqual(['BAD_USER_INPUT']);
    for (const after of ['x', '', Buffer.from('["2026-09-02",1]').toString('base64url')])
      expect(await errorsOf(page({ after }))).toEqual(['BAD_USER_INPUT']);
    const ticket = await taken();
    const key = { idempotencyKey: randomUUID(), ticket: ticket.id, expectedVersion: ticket.version };
    const sent = (who: Desk, words: string) =>
      desk.tryOn(who, 'addTicketNote', 'TicketNoteInput', { ...key, words });
    expect(await errorsOf(sent(county.head, '一'))).toEqual([]);
    expect(await errorsOf(sent(county.head, '一'))).toEqual([]);
    expect(await errorsOf(sent(county.head, '二'))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    expect(await errorsOf(sent(county.registrar, '一'))).toEqual(['VERSION_CONFLICT']);
    expect((await atHead(ticket)).history.filter(({ act }) => act === 'NOTE')).toHaveLength(1);
  });
});
