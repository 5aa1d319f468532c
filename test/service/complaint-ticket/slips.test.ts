import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { beiguan, receiving, sending, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  city,
  codes,
  county,
  errorsOf,
  province,
  reporter,
  type Ticket,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

/** Verification and supervision slips: who gives them to whom, who fills in what, and how a complaint ends by them. */
describe('a slip', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const responsible = { responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' };
  const handler = { handler: '承办人丙', handlerPhone: '0351-2222222' };
  const verifying = { ...responsible, dueOn: '2026-09-09' };
  const supervising = { ...verifying, handlingOpinion: '请于期限内恢复学籍' };

  /** A complaint against the county, which the city handles. */
  const atCity = async (): Promise<Ticket> => (await desk.filed({ against: ['140105'] })).ticket;
  const verified = (ticket: Ticket, more: Record<string, unknown> = {}) =>
    desk.verify(technical(city), ticket, { to: '140105', ...verifying, ...more });
  const findingsOf = (answer: Awaited<ReturnType<typeof verified>>) =>
    answer.findings.map(({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`);

  test(
    holds('TKT-10', 'of verification fills itself from the complaint; the verifying unit adds what it found'),
    async () => {
      const { child, ticket } = await desk.filed({ against: ['140105'] });
      const slip = await desk.after(verified(ticket));
      expect(slip).toMatchObject({
        ...{ kind: 'VERIFICATION', state: 'ISSUED', unit: '140105', issuer: '140100', dueOn: '2026-09-09' },
        ...{ written: '学籍被错误注销', ticket: { id: ticket.id }, reporter: { name: reporter.name } },
        ...{ studentNamed: { name: child.name }, responsiblePerson: '责任人乙', verifiedFacts: null },
      });
      expect(slip.clocks).toMatchObject([{ clock: 'SLIP', dueOn: '2026-09-09', workingDays: 5 }]);
      expect(await desk.list(county.registrar, { mine: true })).toContain(slip.id);
      expect(await desk.seen(county.registrar, slip.id)).toMatchObject({
        allowedActions: ['ANSWER', 'ASSIGN', 'NOTE', 'ATTACH'],
      });
      const answered = await desk.after(
        desk.answerVerification(county.registrar, slip, { ...handler, verifiedFacts: '系误操作' }),
      );
      expect(answered).toMatchObject({ state: 'ANSWERED', verifiedFacts: '系误操作', handler: '承办人丙' });
      expect(answered.clocks).toMatchObject([{ clock: 'SLIP', state: 'MET' }]);
      const root = await desk.seen(city.head, ticket.id);
      expect(root).toMatchObject({ state: 'VERIFIED', slips: [{ id: slip.id, state: 'ANSWERED' }] });
      expect(root.history.map(({ act }) => act)).toEqual(['RECEIVED', 'SLIP_ISSUED', 'SLIP_ANSWERED']);
      expect(await desk.eventsOf(slip.id)).toEqual(['VerificationSlipIssued', 'VerificationSlipAnswered']);
    },
  );

  test(
    breaks(
      'TKT-10',
      'of verification names everything at once that is missing, or belongs to the other side',
    ),
    async () => {
      const answer = await desk.verify(technical(city), await atCity(), { verifiedFacts: '已知' });
      expect(answer.ticket).toBeNull();
      expect(findingsOf(answer)).toEqual([
        'TKT-10 ADDRESSEE_OUTSIDE_JURISDICTION verifyingUnit',
        'TKT-10 SLIP_FIELD_MISSING responsiblePerson',
        'TKT-10 SLIP_FIELD_MISSING responsiblePhone',
        'TKT-10 SLIP_FIELD_MISSING verifyingUnit',
        'TKT-10 FIELD_NOT_OWNED_BY_ROLE verifiedFacts',
        'TKT-10 DUE_DATE_MISSING dueDate',
      ]);
      const slip = await desk.after(verified(await atCity()));
      expect(
        findingsOf(await desk.answerVerification(county.registrar, slip, { responsiblePerson: '另一人' })),
      ).toEqual([
        ...['handler', 'handlerPhone', 'verifiedFacts'].map((field) => `TKT-10 SLIP_FIELD_MISSING ${field}`),
        'TKT-10 FIELD_NOT_OWNED_BY_ROLE responsiblePerson',
      ]);
    },
  );

  test('goes to no unit beside or above, and is due on no day that is past or off', async () => {
    const ticket = await atCity();
    for (const to of ['140100', '140000', '410503', '999999', beiguan.head.unit])
      expect(codes(await verified(ticket, { to }))).toContain('ADDRESSEE_OUTSIDE_JURISDICTION');
    expect(codes(await verified(ticket, { dueOn: '2026-09-01' }))).toEqual(['DUE_DATE_PAST']);
    expect(codes(await verified(ticket, { dueOn: '2026-09-05' }))).toEqual(['DUE_DATE_NOT_WORKING_DAY']);
    expect(codes(await verified(ticket, { dueOn: '2026-10-01' }))).toEqual(['DUE_DATE_NOT_WORKING_DAY']);
  });

  test(holds('TKT-07', 'of verification is the technical department’s to issue'), async () => {
    expect((await desk.after(verified(await atCity()))).issuer).toBe('140100');
  });

  test(breaks('TKT-07', 'of verification is not issued by the administrative department'), async () => {
    const answer = await desk.verify(city.head, await atCity(), { to: '140105', ...verifying });
    expect(findingsOf(answer)).toEqual(['TKT-07 ISSUER_MUST_BE_TECHNICAL kind']);
    const offered = async (who: Desk) => (await desk.seen(who, (await atCity()).id)).allowedActions;
    expect(await offered(city.head)).toEqual([
      ...[
        'ACKNOWLEDGE',
        'HANDLE',
        'ISSUE_SUPERVISION',
        'CLOSE',
        'MERGE',
        'EXTEND',
        'ESCALATE',
        'LINK_CASE',
        'LINK_ISSUE',
        'ASSIGN',
        'NOTE',
        'ATTACH',
      ],
    ]);
    expect(await offered(technical(city))).toEqual([
      ...[
        'ACKNOWLEDGE',
        'HANDLE',
        'ISSUE_VERIFICATION',
        'CLOSE',
        'MERGE',
        'EXTEND',
        'ESCALATE',
        'LINK_CASE',
        'LINK_ISSUE',
        'ASSIGN',
        'NOTE',
        'ATTACH',
      ],
    ]);
  });

  test(holds('TKT-08', 'of supervision is the administrative department’s to issue'), async () => {
    const slip = await desk.after(
      desk.supervise(city.head, await atCity(), { to: '140105', ...supervising }),
    );
    expect(slip).toMatchObject({ kind: 'SUPERVISION', handlingOpinion: '请于期限内恢复学籍' });
  });

  test(breaks('TKT-08', 'of supervision is not issued by the technical department'), async () => {
    const answer = await desk.supervise(technical(city), await atCity(), { to: '140105', ...supervising });
    expect(findingsOf(answer)).toEqual(['TKT-08 ISSUER_MUST_BE_ADMINISTRATIVE kind']);
  });

  test(
    holds(
      'TKT-11',
      'of supervision is handled, sent back for a reason, handled again, and accepted with the end',
    ),
    async () => {
      const { parent, ticket } = await desk.filed({ against: ['140105'] });
      const slip = await desk.after(desk.supervise(city.head, ticket, { to: '140105', ...supervising }));
      const done = { ...handler, handlingResult: '已恢复' };
      const answered = await desk.after(desk.answerSupervision(county.head, slip, done));
      const handled = await desk.seen(city.head, ticket.id);
      expect(handled.state).toBe('HANDLED');
      expect(handled.clocks).toContainEqual(
        expect.objectContaining({ clock: 'ACCEPT_ANSWER', state: 'RUNNING', dueOn: '2026-09-09' }),
      );
      const back = await desk.after(
        desk.sendBack(city.head, answered, { reason: '请附证明', dueOn: '2026-09-11' }),
      );
      expect(back).toMatchObject({ state: 'ISSUED', dueOn: '2026-09-11', answeredAt: null });
      expect(back.clocks.map(({ turn, state }) => [turn, state])).toEqual([
        [1, 'MET'],
        [2, 'RUNNING'],
      ]);
      expect((await desk.seen(city.head, ticket.id)).state).toBe('SUPERVISION_ISSUED');
      expect(back.history.at(-1)).toMatchObject({ act: 'SLIP_RETURNED', words: '请附证明' });
      await desk.after(desk.answerSupervision(county.head, back, done));
      const closed = await desk.after(
        desk.close(city.head, await desk.seen(city.head, ticket.id), { result: '学籍已恢复' }),
      );
      expect(closed).toMatchObject({ state: 'CLOSED', result: '学籍已恢复', slips: [{ state: 'CLOSED' }] });
      expect(closed.clocks.every(({ state }) => state === 'MET')).toBe(true);
      expect(await desk.seen(parent, ticket.id)).toMatchObject({
        state: 'CLOSED',
        result: '学籍已恢复',
        slips: [],
      });
      expect(await desk.eventsOf(ticket.id)).toEqual(['ComplaintReceived', 'TicketClosed']);
      expect(await desk.eventsOf(slip.id)).toEqual([
        ...['SupervisionSlipIssued', 'SupervisionSlipAnswered', 'TicketReturned'],
        ...['SupervisionSlipAnswered', 'TicketClosed'],
      ]);
    },
  );

  test(breaks('TKT-11', 'of supervision is not filled in by the other side'), async () => {
    const ticket = await atCity();
    const early = await desk.supervise(city.head, ticket, {
      ...{ to: '140105', ...supervising },
      handlingResult: '替下级填写',
    });
    expect(findingsOf(early)).toEqual(['TKT-11 FIELD_NOT_OWNED_BY_ROLE handlingResult']);
    const slip = await desk.after(desk.supervise(city.head, ticket, { to: '140105', ...supervising }));
    const over = { ...handler, handlingResult: '已办', handlingOpinion: '改写' };
    expect(findingsOf(await desk.answerSupervision(county.head, slip, over))).toEqual([
      'TKT-11 FIELD_NOT_OWNED_BY_ROLE handlingOpinion',
    ]);
  });

  test(
    breaks(
      'TKT-16',
      'that goes to the school concerned tells it the student and the matter, never who reported',
    ),
    async () => {
      const { child, ticket } = await desk.filed();
      const slip = await desk.after(
        desk.supervise(county.head, ticket, { to: taiyuanPrimary, ...supervising }),
      );
      expect(slip.reporter?.name).toBe(reporter.name);
      const atSchool = await desk.seen(sending.registrar, slip.id);
      expect(atSchool).toMatchObject({
        ...{ written: '学籍被错误注销', studentNamed: { name: child.name }, reporter: null, ticket: null },
        allowedActions: ['ANSWER', 'ASSIGN', 'NOTE', 'ATTACH'],
      });
      expect(await errorsOf(desk.see(sending.registrar, ticket.id))).toEqual(['OUT_OF_JURISDICTION']);
      for (const who of [receiving.head, yingze.head, beiguan.head])
        expect(await errorsOf(desk.see(who, slip.id))).toEqual(['OUT_OF_JURISDICTION']);
      expect(await desk.seen(province.head, slip.id)).toMatchObject({ reporter: null });
    },
  );

  test(
    breaks('TKT-01', 'that is still out holds its complaint open, and nobody is told nothing'),
    async () => {
      const ticket = await atCity();
      const slip = await desk.after(desk.supervise(city.head, ticket, { to: '140105', ...supervising }));
      const open = await desk.seen(city.head, ticket.id);
      expect(codes(await desk.close(city.head, open))).toEqual(['OPEN_SLIPS', 'RESULT_MISSING']);
      await desk.after(desk.withdraw(city.head, slip, { reason: '已自行解决' }));
      const again = await desk.seen(city.head, ticket.id);
      expect(again.state).toBe('RECEIVED');
      expect((await desk.after(desk.close(city.head, again, { result: '已解决' }))).state).toBe('CLOSED');
    },
  );

  test(holds('TKT-03', 'is not needed for what the unit settles itself'), async () => {
    const { ticket } = await desk.filed();
    const handled = await desk.after(desk.handle(county.registrar, ticket, { result: '已更正' }));
    expect(handled).toMatchObject({ state: 'HANDLED', dueOn: null, result: '已更正' });
    expect((await desk.after(desk.close(county.head, handled))).state).toBe('CLOSED');
    expect(await desk.eventsOf(ticket.id)).toEqual(['ComplaintReceived', 'ComplaintHandled', 'TicketClosed']);
    expect(
      codes(await desk.handle(county.registrar, { ...handled, version: 3 }, { result: '再办' })),
    ).toEqual(['TICKET_STATE']);
  });

  test('is one step at a time: of two who act on what they saw, the second is told', async () => {
    const ticket = await atCity();
    const answers = await Promise.all([
      desk.tryOn(city.head, 'issueSupervisionSlip', 'IssueSlipInput', {
        ...{ ticket: ticket.id, expectedVersion: 1, to: '140105', ...supervising },
      }),
      desk.tryOn(technical(city), 'issueVerificationSlip', 'IssueSlipInput', {
        ...{ ticket: ticket.id, expectedVersion: 1, to: '140105', ...verifying },
      }),
    ]);
    const lost = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(lost).toEqual(['VERSION_CONFLICT']);
    expect((await desk.seen(city.head, ticket.id)).slips).toHaveLength(1);
  });
});
