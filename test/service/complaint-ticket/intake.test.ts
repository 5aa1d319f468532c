import { randomUUID } from 'node:crypto';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { beiguanSchool, guardian, receiving, sending, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  callCentre,
  city,
  codes,
  county,
  errorsOf,
  ministry,
  province,
  reporter,
  type TicketDesk,
  ticketDeskOf,
} from './ticket-desk.ts';

/** How a complaint comes in, and who takes it up. */
describe('somebody who complains', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const outside = ['OUT_OF_JURISDICTION'];

  test(
    holds('TKT-01', 'is heard by the lowest authority that stands over the matter, and told until when'),
    async () => {
      const { parent, child, ticket } = await desk.filed();
      expect(ticket).toMatchObject({
        ...{ kind: 'COMPLAINT', state: 'RECEIVED', unit: '140105', origin: 'GUARDIAN', channel: 'PORTAL' },
        ...{ scope: 'IN_PROVINCE_MANAGEMENT', student: { id: child.person }, matter: '学籍被错误注销' },
        ...{ dueOn: '2026-09-07', overdue: false, acknowledgedAt: null, allowedActions: ['NOTE'] },
      });
      expect(ticket.clocks.map(({ clock, dueOn }) => [clock, dueOn])).toEqual([
        ['ACKNOWLEDGE', '2026-09-07'],
        ['HANDLE', '2026-09-16'],
      ]);
      expect(ticket.clocks[0]).toMatchObject({
        ...{ startedOn: '2026-09-02', workingDays: 3, provisional: false, state: 'RUNNING' },
        skipped: [
          { on: '2026-09-05', why: 'WEEKEND' },
          { on: '2026-09-06', why: 'WEEKEND' },
        ],
      });
      expect(await desk.list(county.registrar, { mine: true })).toContain(ticket.id);
      const told = await desk.after(desk.acknowledge(county.registrar, ticket));
      expect(told).toMatchObject({
        state: 'RECEIVED',
        dueOn: '2026-09-16',
        allowedActions: ['HANDLE', 'LINK_CASE', 'LINK_ISSUE', 'ASSIGN', 'NOTE', 'ATTACH'],
      });
      expect((await desk.seen(parent, ticket.id)).acknowledgedAt).not.toBeNull();
      expect(await desk.eventsOf(ticket.id)).toEqual(['ComplaintReceived', 'ComplaintAcknowledged']);
    },
  );

  test(
    breaks(
      'TKT-01',
      'is heard by nobody over whom it complains, and by no one beside: the level is found by rule',
    ),
    async () => {
      const unitFor = async (more: Record<string, unknown>) => (await desk.filed(more)).ticket;
      expect(await unitFor({ against: ['140105'] })).toMatchObject({ unit: '140100' });
      expect(await unitFor({ against: [taiyuanPrimary, receiving.school] })).toMatchObject({
        unit: '140100',
      });
      expect(await unitFor({ fault: 'PROVINCIAL_RUNTIME' })).toMatchObject({
        ...{ unit: '140000', scope: 'PROVINCIAL_RUNTIME' },
      });
      const across = await unitFor({ against: [beiguanSchool.school] });
      expect(across).toMatchObject({ unit: '140000', scope: 'CROSS_PROVINCE' });
      expect(across.clocks.map(({ clock }) => clock)).toEqual(['ACKNOWLEDGE', 'HANDLE', 'REPORT_UP']);
      const own = (await desk.filed()).ticket;
      expect(codes(await desk.acknowledge(city.registrar, own))).toEqual(['TICKET_HANDLED_ELSEWHERE']);
    },
  );

  test('may ask beforehand who would handle it and how every day is counted', async () => {
    const { child, parent } = await desk.household();
    const { previewComplaint: preview } = desk.desk.answered(
      await desk.desk.ask<{ previewComplaint: { unit: string; level: string; clocks: { dueOn: string }[] } }>(
        parent,
        `query ($i: ComplaintProblemInput!) { previewComplaint(input: $i) {
          unit level scope clocks { clock dueOn workingDays skipped { on why } } } }`,
        { i: { student: child.person, against: ['140100'] } },
      ),
    );
    expect(preview).toMatchObject({ unit: '140000', level: 'PROVINCE' });
    expect(preview.clocks.map(({ dueOn }) => dueOn)).toEqual(['2026-09-07', '2026-09-16']);
    expect(await desk.list(parent)).toEqual([]);
  });

  test(
    holds('TKT-02', 'sees whom to call before and after it is filed, as the unit has published it'),
    async () => {
      const { child, parent } = await desk.household();
      const contacts = [
        { kind: 'PHONE', channel: '0351-0140105' },
        { kind: 'MAILBOX', channel: 'xueji@example.cn' },
      ];
      const published = desk.desk.answered(
        await desk.desk.ask<{ publishComplaintContacts: { findings: object[] } }>(
          county.head,
          `mutation ($i: PublishComplaintContactsInput!) { publishComplaintContacts(input: $i) { findings { code } } }`,
          { i: { idempotencyKey: 'contacts', unit: '140105', expectedVersion: 0, contacts } },
        ),
      );
      expect(published.publishComplaintContacts.findings).toEqual([]);
      const receiver = 'receiver { code complaintContacts { kind channel } contactFindings { code } }';
      const expected = { code: '140105', complaintContacts: contacts, contactFindings: null };
      const { previewComplaint: preview } = desk.desk.answered(
        await desk.desk.ask<{ previewComplaint: { receiver: object } }>(
          parent,
          `query ($i: ComplaintProblemInput!) { previewComplaint(input: $i) { ${receiver} } }`,
          { i: { student: child.person } },
        ),
      );
      expect(preview.receiver).toEqual(expected);
      const { ticket, parent: reporter } = await desk.filed();
      const { ticket: seen } = desk.desk.answered(
        await desk.desk.ask<{ ticket: { receiver: object } }>(
          reporter,
          `query ($id: ID!) { ticket(id: $id) { ... on Complaint { ${receiver} } } }`,
          { id: ticket.id },
        ),
      );
      expect(seen.receiver).toEqual(expected);
    },
  );

  test(holds('TKT-16', 'is known to the unit that handles it, by name and telephone'), async () => {
    const { ticket, parent } = await desk.filed();
    const handled = await desk.seen(county.registrar, ticket.id);
    expect(handled.reporter).toEqual({ name: reporter.name, phone: reporter.phone, age: 36 });
    expect((await desk.seen(parent, ticket.id)).reporter?.name).toBe(reporter.name);
  });

  test(
    breaks(
      'TKT-16',
      'is not known to the authorities above, nor to the school: not in the graph, not in its rows',
    ),
    async () => {
      const { ticket } = await desk.filed({ against: [taiyuanPrimary] });
      for (const who of [city.head, province.head]) {
        const above = await desk.seen(who, ticket.id);
        expect(above).toMatchObject({ reporter: null, matter: '学籍被错误注销' });
        expect(above.history.every(({ by }) => by === null)).toBe(true);
      }
      for (const who of [sending.registrar, sending.head, yingze.head, ministry, callCentre])
        expect(await errorsOf(desk.see(who, ticket.id))).toEqual(outside);
      const { core } = desk.service();
      const seenBy = async (code: string): Promise<number> => {
        const range = await core.directory.rangeOf(code);
        const client = core.app.em.fork();
        return client.transactional(async (em) => {
          const connection = em.getConnection();
          const ctx = em.getTransactionContext();
          await connection.execute(
            'select set_scope(?, ?, ?)',
            [range?.lo ?? 1, range?.hi ?? 0, '{}'],
            'all',
            ctx,
          );
          const rows: unknown[] = await connection.execute(
            'select 1 from ticket_reporter where ticket_id = ?',
            [ticket.id],
            'all',
            ctx,
          );
          return rows.length;
        });
      };
      expect([await seenBy('140105'), await seenBy('140100'), await seenBy(taiyuanPrimary)]).toEqual([
        1, 0, 0,
      ]);
      const [row] = await desk.counter.rows<{ text: string }>(
        'complaint-ticket',
        `select concat(t::text, r::text, (select string_agg(event::text, '') from event_log)) as text
         from ticket t join ticket_reporter r using (ticket_id) where ticket_id = $1`,
        [ticket.id],
      );
      expect(row?.text).not.toMatch(new RegExp(`${reporter.name}|${reporter.phone}|错误注销`));
    },
  );

  test(
    breaks('PRV-11', 'speaks for the own child only: another family’s is as if there were none'),
    async () => {
      const { parent } = await desk.household();
      const other = await desk.household();
      const ask = (who: typeof parent, student: string) =>
        desk.tryOn(who, 'fileComplaint', 'FileComplaintInput', desk.complaint({ student }));
      for (const who of [parent, guardian('of-nobody'), receiving.registrar, yingze.registrar]) {
        const there = await ask(who, other.child.person);
        expect(there.errors.map(({ extensions }) => extensions.code)).toEqual(outside);
        expect((await ask(who, randomUUID())).errors).toEqual(there.errors);
      }
      const filed = await desk.after(desk.file(other.parent, { student: other.child.person }));
      expect(await errorsOf(desk.see(parent, filed.id))).toEqual(outside);
      const mother = await desk.after(desk.file(sending.registrar, { student: other.child.person }));
      expect(await desk.list(other.parent)).toEqual([filed.id]);
      expect(await errorsOf(desk.see(other.parent, mother.id))).toEqual(outside);
    },
  );

  test('may be a school about its own pupil, and follows what becomes of it', async () => {
    const child = await desk.transfers.pupil();
    const ticket = await desk.after(
      desk.file(sending.registrar, { student: child.person, against: ['140105'] }),
    );
    expect(ticket).toMatchObject({ origin: 'SCHOOL', channel: 'COUNTER', unit: '140100' });
    expect((await desk.seen(sending.head, ticket.id)).matter).toBe('学籍被错误注销');
    expect(await errorsOf(desk.see(receiving.head, ticket.id))).toEqual(outside);
    const { student } = desk.desk.answered(
      await desk.desk.ask<{ student: { tickets: { id: string }[] } }>(
        sending.registrar,
        'query ($id: ID!) { student(id: $id) { tickets { id } } }',
        { id: child.person },
      ),
    );
    expect(student.tickets.map(({ id }) => id)).toEqual([ticket.id]);
  });

  test(
    holds('TKT-13', 'may ring the call centre, which passes it to the level that is to handle it'),
    async () => {
      const child = await desk.transfers.pupil();
      const named = { name: child.name, studentNumber: `L${child.number}` };
      const ticket = await desk.after(
        desk.file(callCentre, { studentNamed: named, against: [taiyuanPrimary], channel: 'PHONE' }),
      );
      expect(ticket).toMatchObject({
        origin: 'CALL_CENTRE',
        channel: 'PHONE',
        unit: '140105',
        student: null,
      });
      const again = await desk.seen({ ...callCentre, sub: 'call-centre-2' }, ticket.id);
      expect(again).toMatchObject({ reporter: null, student: null, matter: '学籍被错误注销' });
      expect(await desk.list(county.registrar, { mine: true })).toContain(ticket.id);
    },
  );

  test('is heard once, however often the same words are sent', async () => {
    const { child, parent } = await desk.household();
    const idempotencyKey = randomUUID();
    const asked = { idempotencyKey, student: child.person };
    const [one, other] = [await desk.file(parent, asked), await desk.file(parent, asked)];
    expect(other.ticket?.id).toBe(one.ticket?.id);
    expect(await desk.list(parent)).toHaveLength(1);
    expect(
      await errorsOf(
        desk.tryOn(parent, 'fileComplaint', 'FileComplaintInput', {
          ...desk.complaint(asked),
          matter: '另一件事',
        }),
      ),
    ).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  test('is told everything at once that is wrong with the form, and no word of it comes back', async () => {
    const { child, parent } = await desk.household();
    const { errors } = await desk.tryOn(parent, 'fileComplaint', 'FileComplaintInput', {
      ...{ student: child.person, matter: '  ', against: ['abc'] },
      reporter: { name: '', phone: 'call me' },
    });
    const [error] = errors;
    expect(error?.extensions.code).toBe('BAD_USER_INPUT');
    const problems = error?.extensions.problems as { path: string[] }[];
    expect(problems.map(({ path }) => path.join('.')).sort()).toEqual([
      ...['against.0', 'matter', 'reporter.name', 'reporter.phone'],
    ]);
    expect(JSON.stringify(errors)).not.toContain('call me');
    expect(
      await errorsOf(
        desk.tryOn(parent, 'fileComplaint', 'FileComplaintInput', {
          ...desk.complaint({ student: child.person }),
          matter: '长'.repeat(5_001),
        }),
      ),
    ).toEqual(['BAD_USER_INPUT']);
    const script = '<script>alert(1)</script>';
    const kept = await desk.after(desk.file(parent, { student: child.person, matter: script }));
    expect(kept.matter).toBe(script);
  });

  test('is stopped where one person files without end', async () => {
    const { child, parent } = await desk.household();
    for (let nth = 0; nth < 10; nth++) await desk.after(desk.file(parent, { student: child.person }));
    const answer = await desk.file(parent, { student: child.person });
    expect(answer.ticket).toBeNull();
    expect(codes(answer)).toEqual(['TOO_MANY_COMPLAINTS_OPEN', 'TOO_MANY_COMPLAINTS_TODAY']);
  });
});
