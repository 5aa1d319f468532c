import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { execute } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recountNext } from '#services/complaint-ticket/clocks/recount.ts';
import { remindNext } from '#services/complaint-ticket/clocks/remind.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks } from '#test/support/rules.ts';
import {
  city,
  county,
  ministry,
  province,
  type Ticket,
  type TicketDesk,
  ticketDeskOf,
} from './ticket-desk.ts';

/** Clocks of tickets that meet: on one day, on one ticket, in two instances of the service. */
describe('clocks that meet', () => {
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
  const slip = { to: taiyuanPrimary, responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' };
  const due = (dueOn: string) => ({ ...slip, studentName: '某学生', handlingOpinion: '请办理', dueOn });
  const acts = ({ history }: Ticket) => history.map(({ act }) => act);

  test(
    breaks('TKT-15', 'of two slips and of the complaint itself on one day raise it by one level, once'),
    async () => {
      const { ticket } = await desk.filed();
      const assigned = await desk.after(desk.assign(county.head, ticket, { to: county.registrar.sub }));
      await desk.after(desk.supervise(county.head, assigned, due('2026-09-16')));
      await desk.after(
        desk.supervise(county.head, await desk.seen(county.head, ticket.id), due('2026-09-16')),
      );
      expect((await desk.seen(county.head, ticket.id)).dueOn).toBe('2026-09-07');
      await at('2026-09-17T00:00:00+08:00');
      const above = await desk.seen(city.head, ticket.id);
      expect(above).toMatchObject({ unit: '140100', task: 'SUPERVISION_SLIP', assignedTo: null });
      expect(acts(above).filter((act) => act === 'ESCALATED').length).toBeGreaterThan(0);
      expect((await desk.eventsOf(ticket.id)).filter((type) => type === 'TicketOverdue')).toHaveLength(2);
      expect(
        above.clocks.filter(({ clock, state }) => clock === 'HANDLE' && state === 'RUNNING'),
      ).toMatchObject([{ turn: 2, startedOn: '2026-09-17' }]);
    },
  );

  test(
    breaks('TKT-04', 'of a report that was never made is not met by the end of its complaint'),
    async () => {
      const { ticket } = await desk.filed({ fault: 'SYSTEM_OPERATION' });
      const closed = await desk.after(desk.close(province.head, ticket, { result: '已答复' }));
      expect(closed.clocks.map(({ clock, state }) => [clock, state])).toEqual(
        expect.arrayContaining([
          ['REPORT_UP', 'STOPPED'],
          ['HANDLE', 'MET'],
        ]),
      );
    },
  );

  test(
    breaks('ORG-28', 'with another calendar are reminded of before the day that they have now'),
    async () => {
      const { ticket } = await desk.filed();
      const rows = () =>
        desk.counter.rows<{ due: string; reminders: string; at: string }>(
          'complaint-ticket',
          `select due_on::text as due, reminders::text, remind_at::text as at from ticket_clock
           where ticket_id = $1 and clock = 'HANDLE'`,
          [ticket.id],
        );
      const counted = await rows();
      const { core } = desk.service();
      await asWorker(core.worker, (tx) =>
        execute(
          tx,
          `update ticket_clock set calendar_version = 'an older one', due_on = '2026-09-21', due_at = '2026-09-22T00:00:00+08:00',
             reminders = '{2026-09-16T00:00:00+08:00}', remind_at = '2026-09-16T00:00:00+08:00'
           where ticket_id = $1 and clock = 'HANDLE'`,
          [ticket.id],
        ),
      );
      await desk.atRest();
      expect(await rows()).toEqual(counted);
    },
  );

  test(
    breaks('TKT-04', 'leave a complaint with its province while the ministry has the report of it'),
    async () => {
      const { ticket } = await desk.filed({ fault: 'SYSTEM_OPERATION' });
      expect(ticket.unit).toBe('140000');
      const contact = { name: '联系人', unit: '省教育厅', phone: '0351-3333333' };
      const report = await desk.after(
        desk.draft(province.registrar, {
          ...{ businessContact: contact, technicalContact: contact },
          items: [{ description: '系统故障', scope: 'SYSTEM_OPERATION', complaints: [ticket.id] }],
        }),
      );
      const held = await desk.after(desk.assign(province.head, report, { to: province.registrar.sub }));
      await desk.after(desk.seal(province.head, held, { provincialSealApplied: true }));
      expect((await desk.seen(province.head, ticket.id)).allowedActions).not.toContain('ESCALATE');
      await at('2026-09-17T00:00:00+08:00');
      const waiting = await desk.seen(province.head, ticket.id);
      expect(waiting).toMatchObject({ unit: '140000', state: 'REPORT_SEALED', overdue: true });
      expect(acts(waiting)).toContain('OVERDUE');
      expect(acts(waiting)).not.toContain('ESCALATED');
      const rows = await desk.counter.rows<{ assigned_to: string | null }>(
        'complaint-ticket',
        'select assigned_to from ticket where ticket_id = $1',
        [report.id],
      );
      expect(rows).toEqual([{ assigned_to: null }]);
      const accepted = await desk.after(
        desk.accept(ministry, await desk.seen(ministry, report.id), {
          acceptor: '甲',
          acceptingUnit: '一司',
        }),
      );
      await desk.after(desk.answerReport(ministry, accepted, { ministryOpinion: '已修复' }));
      const answered = await desk.seen(province.head, ticket.id);
      expect(answered.history.at(-1)).toMatchObject({ act: 'REPORT_ANSWERED', unit: '000000' });
      expect(
        answered.clocks.filter(({ clock, state }) => clock === 'HANDLE' && state === 'RUNNING'),
      ).toMatchObject([{ turn: 2, startedOn: '2026-09-17', missedAt: null }]);
      expect(await desk.eventsOf(ticket.id)).toContain('TicketDueMoved');
    },
  );

  test(
    breaks(
      'ORG-28',
      'in two instances at once are each reminded of and counted again once, also after a pause',
    ),
    async () => {
      const tickets = await Promise.all(Array.from({ length: 5 }, async () => (await desk.filed()).ticket));
      const { core } = desk.service();
      await desk.atRest();
      const versions = async () =>
        (await Promise.all(tickets.map(({ id }) => desk.seen(county.head, id)))).map(
          ({ version }) => version,
        );
      expect(await versions()).toEqual(tickets.map(({ version }) => version));
      // The service was away for all of the days on which it should have reminded of the first clock.
      registry.clock.moveTo('2026-09-07T09:00:00+08:00');
      await Promise.all([remindNext(core), remindNext(core), desk.atRest()]);
      for (const { id } of tickets)
        expect((await desk.eventsOf(id)).filter((type) => type === 'TicketReminded')).toHaveLength(1);
      const before = await versions();
      await asWorker(core.worker, (tx) =>
        execute(
          tx,
          `update ticket_clock set calendar_version = 'an older one' where ticket_id = any($1::uuid[])`,
          [tickets.map(({ id }) => id)],
        ),
      );
      while ((await Promise.all([recountNext(core), recountNext(core)])).some(Boolean));
      await desk.atRest();
      expect(await versions()).toEqual(before.map((version) => version + 1));
      const counted = await desk.counter.rows<{ calendar_version: string }>(
        'complaint-ticket',
        'select distinct calendar_version from ticket_clock where ticket_id = any($1::uuid[])',
        [tickets.map(({ id }) => id)],
      );
      expect(counted).toEqual([{ calendar_version: workingDayCalendar().version }]);
    },
  );
});
