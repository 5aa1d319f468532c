import { randomUUID } from 'node:crypto';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { followLive } from '#test/service/transfer/follow-live.ts';
import { sending, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import { city, codes, county, errorsOf, type Ticket, type TicketDesk, ticketDeskOf } from './ticket-desk.ts';

/** What those who handle tickets do with them from day to day. */
describe('whoever handles tickets', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const outside = ['OUT_OF_JURISDICTION'];
  const slip = { to: taiyuanPrimary, responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' };
  const supervision = { ...slip, dueOn: '2026-09-09', handlingOpinion: '请办理' };
  const issueOf = (who: Desk, tickets: Ticket[]) =>
    desk.order(who, 'openSystemicIssue', 'OpenSystemicIssueInput', {
      ...{ matter: '系统升级后学籍状态错误', tickets: tickets.map(({ id }) => id) },
    });

  test('says who of its people works on a ticket, and sees each one’s list', async () => {
    const { ticket, parent } = await desk.filed();
    const assigned = await desk.after(desk.assign(county.registrar, ticket, { to: county.registrar.sub }));
    expect(assigned.assignedTo).toBe(county.registrar.sub);
    expect(await desk.list(county.head, { assignedTo: county.registrar.sub })).toEqual([ticket.id]);
    expect(await desk.list(county.head, { assignedTo: 'somebody-else' })).toEqual([]);
    for (const who of [city.head, parent])
      expect(await desk.seen(who, ticket.id)).toMatchObject({ assignedTo: null });
    expect((await desk.seen(parent, ticket.id)).history.map(({ act }) => act)).toEqual(['RECEIVED']);
    expect(codes(await desk.assign(city.head, assigned, { to: 'x' }))).toEqual(['TICKET_HANDLED_ELSEWHERE']);
    expect(await desk.list(city.head, { unit: '140105', open: true })).toContain(ticket.id);
    expect(await desk.list(city.head, { unit: '140106' })).toEqual([]);
  });

  test('passes everything that is open on when a registrar changes, in its own unit alone', async () => {
    const mine = [(await desk.filed()).ticket, (await desk.filed()).ticket];
    const there = (await desk.filed({ against: ['140105'] })).ticket;
    for (const each of mine) await desk.after(desk.assign(county.head, each, { to: 'leaving' }));
    await desk.after(desk.assign(city.head, there, { to: 'leaving' }));
    const order = async () =>
      desk.desk.answered(
        await desk.desk.ask<{ handOverTickets: { handedOver: number; left: boolean; findings: unknown[] } }>(
          county.head,
          'mutation ($i: HandOverTicketsInput!) { handOverTickets(input: $i) { handedOver left findings { code } } }',
          { i: { idempotencyKey: 'handover-1', from: 'leaving', to: 'coming' } },
        ),
      ).handOverTickets;
    expect(await order()).toEqual({ handedOver: 2, left: false, findings: [] });
    expect(await order()).toEqual({ handedOver: 2, left: false, findings: [] });
    expect((await desk.list(county.head, { assignedTo: 'coming' })).toSorted()).toEqual(
      mine.map(({ id }) => id).toSorted(),
    );
    expect(await desk.list(city.head, { assignedTo: 'leaving' })).toEqual([there.id]);
  });

  test(
    breaks(
      'TKT-16',
      'notes inside what neither the reporter nor the levels above read, and outside what all do',
    ),
    async () => {
      const { ticket, parent } = await desk.filed();
      const noted = await desk.after(
        desk.note(county.registrar, ticket, { words: '疑似重复', inside: true }),
      );
      await desk.after(desk.note(county.registrar, noted, { words: '请补充材料' }));
      const words = async (who: Desk) =>
        (await desk.seen(who, ticket.id)).history.flatMap((line) => line.words ?? []);
      expect(await words(county.head)).toEqual(['疑似重复', '请补充材料']);
      for (const who of [parent, city.head]) expect(await words(who)).toEqual(['请补充材料']);
      await desk.after(desk.note(parent, await desk.seen(parent, ticket.id), { words: '已补充' }));
      expect(await words(county.head)).toContain('已补充');
      const version = { ticket: ticket.id, expectedVersion: 4, words: '偷看', inside: true };
      for (const who of [parent, city.head, sending.head, yingze.head])
        expect(await errorsOf(desk.tryOn(who, 'addTicketNote', 'TicketNoteInput', version))).toEqual(outside);
    },
  );

  test('puts what is the same together: both reporters are told the one result', async () => {
    const [one, other] = [await desk.filed(), await desk.filed()];
    expect(codes(await desk.merge(county.head, other.ticket, { into: other.ticket.id }))).toEqual([
      'NOT_TO_MERGE',
    ]);
    const merged = await desk.after(desk.merge(county.head, other.ticket, { into: one.ticket.id }));
    expect(merged).toMatchObject({ state: 'MERGED', mergedInto: { id: one.ticket.id }, dueOn: null });
    expect(await desk.seen(other.parent, other.ticket.id)).toMatchObject({
      state: 'MERGED',
      mergedInto: null,
    });
    expect(await errorsOf(desk.see(other.parent, one.ticket.id))).toEqual(outside);
    await desk.after(
      desk.close(county.head, await desk.seen(county.head, one.ticket.id), { result: '已更正' }),
    );
    expect((await desk.seen(other.parent, other.ticket.id)).result).toBe('已更正');
    const elsewhere = await desk.filed({ against: ['140105'] });
    const third = await desk.filed();
    expect(codes(await desk.merge(county.head, third.ticket, { into: one.ticket.id }))).toEqual([
      'NOT_TO_MERGE',
    ]);
    expect(
      await errorsOf(
        desk.tryOn(county.head, 'mergeTickets', 'MergeTicketsInput', {
          ...{ ticket: third.ticket.id, expectedVersion: 1, into: elsewhere.ticket.id },
        }),
      ),
    ).toEqual(outside);
    const out = await desk.after(desk.supervise(county.head, third.ticket, supervision));
    const held = await desk.seen(county.head, third.ticket.id);
    const fourth = await desk.filed();
    expect(codes(await desk.merge(county.head, held, { into: fourth.ticket.id }))).toEqual(['OPEN_SLIPS']);
    expect(out.state).toBe('ISSUED');
  });

  test('asks the reporter how it was, and takes up again what was not well done', async () => {
    const { ticket, parent } = await desk.filed();
    expect(codes(await desk.followUp(parent, ticket, { outcome: 'SATISFIED' }))).toEqual(['TICKET_STATE']);
    await desk.after(desk.close(county.head, ticket, { result: '已答复' }));
    const over = await desk.seen(parent, ticket.id);
    expect(over.allowedActions).toEqual(['FOLLOW_UP']);
    const said = await desk.after(desk.followUp(parent, over, { outcome: 'UNSATISFIED', words: '没有解决' }));
    expect(said.followUp).toBe('UNSATISFIED');
    const seen = await desk.seen(county.head, ticket.id);
    expect(seen).toMatchObject({ followUp: 'UNSATISFIED', allowedActions: ['REOPEN', 'FOLLOW_UP'] });
    const again = await desk.after(desk.reopen(county.head, seen, { reason: '反映人不满意' }));
    expect(again).toMatchObject({ state: 'RECEIVED', endedAt: null, dueOn: '2026-09-16', followUp: null });
    expect(await desk.eventsOf(ticket.id)).toEqual([
      ...['ComplaintReceived', 'TicketClosed', 'TicketFollowedUp', 'TicketReopened'],
    ]);
    expect(codes(await desk.reopen(county.head, again, { reason: '再' }))).toEqual(['TICKET_STATE']);
  });

  test(
    breaks('TKT-01', 'puts complaints of one cause under one issue, which does not end before they do'),
    async () => {
      const [one, other] = [await desk.filed(), await desk.filed()];
      const issue = await desk.after(issueOf(county.head, [one.ticket, other.ticket]));
      expect(issue).toMatchObject({
        kind: 'ISSUE',
        state: 'RECEIVED',
        tickets: [{ id: one.ticket.id }, { id: other.ticket.id }],
      });
      expect((await desk.seen(county.head, one.ticket.id)).issue).toEqual({ id: issue.id });
      expect((await desk.seen(one.parent, one.ticket.id)).issue).toBeNull();
      expect(await errorsOf(desk.see(one.parent, issue.id))).toEqual(outside);
      const supervised = await desk.after(
        desk.supervise(county.head, issue, {
          ...{ ...supervision, studentName: '多名学生', reporter: { name: '多人', phone: '0351-4444444' } },
        }),
      );
      expect(supervised).toMatchObject({ written: '系统升级后学籍状态错误', unit: taiyuanPrimary });
      await desk.after(desk.withdraw(county.head, supervised, { reason: '改由本级处理' }));
      const open = await desk.seen(county.head, issue.id);
      expect(codes(await desk.close(county.head, open, { result: '已修复' }))).toEqual(['OPEN_SLIPS']);
      for (const { ticket } of [one, other])
        await desk.after(
          desk.close(county.head, await desk.seen(county.head, ticket.id), { result: '已修复' }),
        );
      expect((await desk.after(desk.close(county.head, open, { result: '已修复' }))).state).toBe('CLOSED');
      const third = await desk.filed({ against: ['140105'] });
      expect(codes(await issueOf(city.head, [third.ticket, one.ticket]))).toEqual(['NOT_OF_THIS_UNIT']);
      const linked = await desk.after(issueOf(city.head, [third.ticket]));
      const freed = await desk.after(desk.link(city.head, await desk.seen(city.head, third.ticket.id)));
      expect(freed.issue).toBeNull();
      expect((await desk.seen(city.head, linked.id)).tickets).toEqual([]);
    },
  );

  test('and whoever has filed a ticket follow it live, until its end', async () => {
    const { ticket, parent } = await desk.filed();
    const states: (string | undefined)[] = [];
    const live = followLive<{ data?: { ticketUpdated: { state: string } | null } }>(
      registry,
      parent,
      'subscription ($id: ID!) { ticketUpdated(ticket: $id) { state } }',
      { id: ticket.id },
    );
    for await (const { data } of live) {
      const state = data?.ticketUpdated?.state;
      if (states.at(-1) === state) continue;
      states.push(state);
      const now = await desk.seen(county.head, ticket.id);
      if (state === 'RECEIVED') await desk.after(desk.handle(county.registrar, now, { result: '已更正' }));
      if (state === 'HANDLED') await desk.after(desk.close(county.head, now));
    }
    expect(states).toEqual(['RECEIVED', 'HANDLED', 'CLOSED']);
  });

  test('of two who assign at once, one is told to look again; the same order twice is done once', async () => {
    const { ticket } = await desk.filed();
    const idempotencyKey = randomUUID();
    const order = { ticket: ticket.id, expectedVersion: 1, idempotencyKey, to: 'one' };
    const twice = await Promise.all([
      desk.tryOn(county.head, 'assignTicket', 'AssignTicketInput', order),
      desk.tryOn(county.head, 'assignTicket', 'AssignTicketInput', order),
    ]);
    expect(twice.flatMap(({ errors }) => errors)).toEqual([]);
    expect((await desk.seen(county.head, ticket.id)).version).toBe(2);
    expect(
      await errorsOf(
        desk.tryOn(county.registrar, 'assignTicket', 'AssignTicketInput', { ...order, to: 'two' }),
      ),
    ).toEqual(['VERSION_CONFLICT']);
  });
});
