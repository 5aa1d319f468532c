import fc from 'fast-check';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { expireNext } from '#services/complaint-ticket/clocks/expire.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  city,
  codes,
  county,
  errorsOf,
  ministry,
  province,
  reporter,
  type Ticket,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

/** The clocks of tickets, as business time goes on. */
describe('the clock of a ticket', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeEach(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterEach(() => registry?.stop());

  const at = async (instant: string): Promise<void> => {
    registry.clock.moveTo(instant);
    await desk.atRest();
  };
  const responsible = { responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' };
  const slipTo = (to: string) => ({ to, ...responsible, dueOn: '2026-09-09', handlingOpinion: '请办理' });
  const acts = ({ history }: Ticket) => history.map(({ act }) => act);
  const last = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();

  test(
    holds('TKT-15', 'leaves a slip alone to the last moment of its day, and one that was answered for ever'),
    async () => {
      const { ticket } = await desk.filed({ against: ['140105'] });
      const slip = await desk.after(desk.verify(technical(city), ticket, slipTo('140105')));
      await at(last('2026-09-10T00:00:00+08:00'));
      expect(await desk.seen(city.head, slip.id)).toMatchObject({ overdue: false, state: 'ISSUED' });
      expect(await desk.list(city.head, { task: true })).toEqual([]);
      const answer = { handler: '承办人丙', handlerPhone: '0351-2222222', verifiedFacts: '属实' };
      await desk.after(
        desk.answerVerification(county.registrar, await desk.seen(county.registrar, slip.id), answer),
      );
      await at('2026-09-11T00:00:00+08:00');
      expect(await desk.eventsOf(slip.id)).not.toContain('TicketOverdue');
    },
  );

  test(
    breaks(
      'TKT-15',
      'asks for a supervision slip of the same level after verification, of the next after supervision',
    ),
    async () => {
      const { ticket } = await desk.filed({ against: ['140105'] });
      const slip = await desk.after(desk.verify(technical(city), ticket, slipTo('140105')));
      await at('2026-09-10T00:00:00+08:00');
      expect(await desk.seen(city.head, slip.id)).toMatchObject({ overdue: true, state: 'ISSUED' });
      const asked = await desk.seen(city.head, ticket.id);
      expect(asked).toMatchObject({ unit: '140100', task: 'SUPERVISION_SLIP' });
      expect(await desk.list(city.head, { task: true, mine: true })).toEqual([ticket.id]);
      expect(await desk.list(county.head, { overdue: true, mine: true })).toEqual([slip.id]);
      const supervision = await desk.after(
        desk.supervise(city.head, asked, { ...slipTo('140105'), dueOn: '2026-09-11' }),
      );
      expect((await desk.seen(city.head, ticket.id)).task).toBeNull();
      await at('2026-09-12T00:00:00+08:00');
      const above = await desk.seen(province.head, ticket.id);
      expect(above).toMatchObject({
        unit: '140000',
        task: 'SUPERVISION_SLIP',
        reporter: { name: reporter.name },
      });
      expect((await desk.seen(city.head, ticket.id)).reporter?.name).toBe(reporter.name);
      expect(await desk.eventsOf(supervision.id)).toEqual([
        'SupervisionSlipIssued',
        'TicketReminded',
        'TicketOverdue',
      ]);
      expect((await desk.eventsOf(ticket.id)).filter((type) => type === 'TicketEscalated')).toHaveLength(2);
    },
  );

  test(
    breaks(
      'TKT-01',
      'takes a complaint up level by level where nobody handles it, to the ministry and no further',
    ),
    async () => {
      const { parent, ticket } = await desk.filed();
      await at(last('2026-09-17T00:00:00+08:00'));
      expect((await desk.seen(county.head, ticket.id)).unit).toBe('140105');
      await at('2026-09-17T00:00:00+08:00');
      const first = await desk.seen(city.head, ticket.id);
      expect(first).toMatchObject({ unit: '140100', state: 'RECEIVED', reporter: { name: reporter.name } });
      expect(first.clocks.filter(({ clock }) => clock === 'HANDLE')).toMatchObject([
        { turn: 1, state: 'STOPPED', dueOn: '2026-09-16' },
        { turn: 2, state: 'RUNNING' },
      ]);
      expect(await desk.list(county.head, { mine: true })).toEqual([]);
      expect((await desk.seen(county.head, ticket.id)).reporter?.name).toBe(reporter.name);
      for (const _ of ['province', 'ministry', 'nobody']) {
        const { dueOn } = await desk.seen(parent, ticket.id);
        const handle = (await desk.seen(parent, ticket.id)).clocks.findLast(
          ({ clock, state }) => clock === 'HANDLE' && state === 'RUNNING',
        );
        expect(dueOn).not.toBeNull();
        await at(new Date(Date.parse(`${handle?.dueOn}T00:00:00+08:00`) + 86_400_000).toISOString());
      }
      const top = await desk.seen(ministry, ticket.id);
      expect(top).toMatchObject({ unit: '000000', matter: '学籍被错误注销', overdue: true });
      expect(acts(top).filter((act) => act === 'ESCALATED')).toHaveLength(3);
      expect(acts(top).filter((act) => act === 'OVERDUE')).toHaveLength(5);
      expect(await desk.seen(parent, ticket.id)).toMatchObject({ unit: '000000' });
    },
  );

  test(
    holds(
      'TKT-01',
      'shows whoever a complaint has gone up to the slips that are out on it, who takes them back',
    ),
    async () => {
      const { ticket } = await desk.filed({ against: ['140100'] });
      const slip = await desk.after(
        desk.supervise(province.head, ticket, { ...slipTo('140100'), dueOn: '2026-09-09' }),
      );
      expect(await errorsOf(desk.see(ministry, slip.id))).toEqual(['OUT_OF_JURISDICTION']);
      await at('2026-09-10T00:00:00+08:00');
      expect(await desk.seen(ministry, ticket.id)).toMatchObject({
        unit: '000000',
        task: 'SUPERVISION_SLIP',
      });
      const out = await desk.seen(ministry, slip.id);
      expect(out).toMatchObject({ state: 'ISSUED', reporter: null, allowedActions: ['WITHDRAW'] });
      await desk.after(desk.withdraw(ministry, out, { reason: '改由本级办理' }));
      expect((await desk.seen(ministry, ticket.id)).state).toBe('RECEIVED');
    },
  );

  test('reminds its holder three working days and one before the day, and on it, each time once', async () => {
    const { ticket } = await desk.filed();
    await desk.after(desk.acknowledge(county.registrar, ticket));
    const reminders = async () =>
      (await desk.eventsOf(ticket.id)).filter((type) => type === 'TicketReminded').length;
    for (const [day, told] of [
      ['2026-09-10', 0],
      ['2026-09-11', 1],
      ['2026-09-14', 1],
      ['2026-09-15', 2],
      ['2026-09-16', 3],
    ] as const) {
      await at(`${day}T09:00:00+08:00`);
      await desk.atRest();
      expect([day, await reminders()]).toEqual([day, told]);
    }
    expect(acts(await desk.seen(city.head, ticket.id))).not.toContain('REMINDED');
  });

  test('is given more time with a reason: by the issuer for a slip, once by the head for a complaint', async () => {
    const { ticket } = await desk.filed({ against: ['140105'] });
    const slip = await desk.after(desk.verify(technical(city), ticket, slipTo('140105')));
    expect(codes(await desk.extend(county.head, slip, { dueOn: '2026-09-14', reason: '忙' }))).toEqual([
      'TICKET_HANDLED_ELSEWHERE',
    ]);
    const extended = await desk.after(
      desk.extend(city.head, slip, { dueOn: '2026-09-14', reason: '材料未齐' }),
    );
    expect(extended).toMatchObject({ dueOn: '2026-09-14' });
    expect(extended.clocks.map(({ turn, state, byHand }) => [turn, state, byHand])).toEqual([
      [1, 'STOPPED', true],
      [2, 'RUNNING', true],
    ]);
    expect(extended.history.at(-1)).toMatchObject({ act: 'EXTENDED', words: '材料未齐' });
    await at('2026-09-10T00:00:00+08:00');
    expect((await desk.seen(city.head, slip.id)).overdue).toBe(false);
    const root = await desk.seen(city.head, ticket.id);
    expect(codes(await desk.extend(city.head, root, { dueOn: '2026-12-01', reason: '复杂' }))).toEqual([
      'EXTENSION_OUT_OF_BOUNDS',
    ]);
    const more = await desk.after(desk.extend(city.head, root, { dueOn: '2026-09-21', reason: '复杂' }));
    expect(codes(await desk.extend(city.head, more, { dueOn: '2026-09-22', reason: '再延' }))).toEqual([
      'EXTENDED_ALREADY',
    ]);
  });

  test('is handed up by the head of the unit, with a reason that those who handle it read', async () => {
    const { parent, ticket } = await desk.filed();
    const up = await desk.escalate(county.head, ticket, { reason: '涉及本局' });
    expect(up.ticket).toMatchObject({ unit: '140100', state: 'RECEIVED' });
    expect((await desk.seen(city.head, ticket.id)).history.at(-1)).toMatchObject({
      ...{ act: 'ESCALATED', unit: '140105', toUnit: '140100', words: '涉及本局' },
    });
    expect(await desk.seen(parent, ticket.id)).toMatchObject({ unit: '140100' });
    expect(
      codes(await desk.escalate(county.head, await desk.seen(county.head, ticket.id), { reason: '再' })),
    ).toEqual(['TICKET_HANDLED_ELSEWHERE']);
  });

  test('may be asked beforehand, and says why it is due on that day', async () => {
    const ask = async (dueOn: string | null) =>
      desk.desk.answered(
        await desk.desk.ask<{ previewSlipClock: { dueOn: string; workingDays: number; skipped: unknown[] } }>(
          city.head,
          'query ($d: Date) { previewSlipClock(dueOn: $d) { dueOn workingDays skipped { on why } byHand } }',
          { d: dueOn },
        ),
      ).previewSlipClock;
    expect(await ask(null)).toMatchObject({ dueOn: '2026-09-16', workingDays: 10, byHand: false });
    const over = await ask('2026-10-09');
    expect(over.skipped).toContainEqual({ on: '2026-10-01', why: 'HOLIDAY' });
    expect(over.workingDays + over.skipped.length).toBe(37);
  });

  test(
    breaks('ORG-28', 'is never early nor forgotten, whatever the days: many at once, each exactly once'),
    async () => {
      const { ticket } = await desk.filed();
      const { core } = desk.service();
      const days = fc.sample(fc.integer({ min: 0, max: 20 }), { numRuns: 1_200, seed: 7 });
      const day = (n: number) => new Date(Date.parse('2026-10-12T00:00:00+08:00') + n * 86_400_000);
      const copies = await asWorker(core.worker, async (tx) => {
        await execute(
          tx,
          `insert into ticket (ticket_id, kind, state, root_id, source_unit, source_place, target_unit, target_place, province,
             origin, channel, scope, filed_by, opened_at, sealed, lines, version, events)
           select id, kind, state, id, source_unit, source_place, target_unit, target_place, province, origin, channel, scope,
             'copy', opened_at, sealed, 0, 1, 0
           from ticket, unnest($2::uuid[]) as of(id) where ticket_id = $1`,
          [ticket.id, days.map((_, nth) => copyOf(nth))],
        );
        return execute(
          tx,
          `insert into ticket_clock (ticket_id, clock, turn, source_place, target_place, state, started_on, due_on, due_at,
             provisional, calendar_version, counted, by_hand, reminders)
           select v.id, 'ACKNOWLEDGE', 1, t.source_place, t.target_place, 'RUNNING', '2026-09-02', '2026-10-11', v.at,
             v.nth % 10 = 0, $4, '{"days":1,"skipped":[]}', true, '{}'
           from ticket t, unnest($2::uuid[], $3::timestamptz[]) with ordinality as v (id, at, nth) where t.ticket_id = $1`,
          [
            ticket.id,
            days.map((_, nth) => copyOf(nth)),
            days.map((n) => day(n).toISOString()),
            workingDayCalendar().version,
          ],
        );
      });
      expect(copies).toBe(days.length);
      const missed = async () =>
        desk.counter.rows<{ id: string; told: number; early: boolean }>(
          'complaint-ticket',
          `select c.ticket_id as id, c.missed_at < c.due_at as early,
             (select count(*)::int from (select aggregate_id, type from outbox union all select aggregate_id, type from event_log) e
              where e.aggregate_id = 'ticket:' || c.ticket_id and e.type = 'TicketOverdue') as told
           from ticket_clock c join ticket t using (ticket_id) where t.filed_by = 'copy' and c.missed_at is not null`,
          [],
        );
      for (const n of [5, 20]) {
        registry.clock.moveTo(day(n).toISOString());
        await Promise.all([expireNext(core), expireNext(core), desk.service().atRest()]);
        await desk.atRest();
        const found = await missed();
        const due = days.filter((of, nth) => of <= n && (nth + 1) % 10 !== 0);
        expect(found).toHaveLength(due.length);
        expect(found.every(({ told, early }) => told === 1 && !early)).toBe(true);
      }
    },
  );

  const copyOf = (nth: number): string => `00000000-0000-7000-8000-${String(nth).padStart(12, '0')}`;
});
