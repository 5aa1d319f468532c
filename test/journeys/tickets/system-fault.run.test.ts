import { randomUUID } from 'node:crypto';
import {
  ministry,
  province,
  type Ticket,
  type TicketDesk,
  ticketDeskOf,
} from '#test/service/complaint-ticket/ticket-desk.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { beiguan, guardian, receiving, sending } from '#test/service/transfer/transfer-desk.ts';
import { importWorkbook, type Registry, sampleWorkbook, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { glimpsed, wordsTo } from './onlookers.ts';

type School = { school: string; registrar: Desk; head: Desk };
/** A school where the fault showed, its reporter, and the pupils it is about. */
type Hit = {
  at: School;
  reporter: { name: string; phone: string };
  pupils: string[];
  filed: Ticket[];
};

const OF_EACH = 150;

/**
 * An upgrade of the national system puts three hundred first-graders of two schools into a wrong state, and each school complains
 * child by child. The province takes them for what they are, one fault: solved once, and every complaint is told.
 */
describe('a fault of the system that three hundred children share', () => {
  let registry: Registry;
  let desk: TicketDesk;
  let schools: Hit[];
  let main: Ticket;
  let issue: Ticket;
  let report: Ticket;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
    schools = [
      await hitBy(sending, 'registrar', '反映人小店'),
      await hitBy(receiving, 'other-registrar', '反映人迎泽'),
    ];
  });
  afterAll(() => registry?.stop());

  const hitBy = async (at: School, who: string, name: string): Promise<Hit> => {
    const { bytes } = await sampleWorkbook({
      ...{ rows: OF_EACH + 20, bad: 0, seed: Number(at.school.slice(-2)) },
      school: at === sending ? '小店区知行小学' : '迎泽区知行小学',
    });
    const { registered } = await importWorkbook(registry, {
      who,
      school: at.school,
      bytes,
      key: randomUUID(),
    });
    if (registered < OF_EACH) throw new Error(`${registered} were registered`);
    const { enrollments } = desk.desk.answered(
      await desk.desk.ask<{ enrollments: { edges: { node: { student: { id: string } } }[] } }>(
        at.registrar,
        `query ($s: ID!) { enrollments(filter: { school: $s }, first: 200) { edges { node { student { id } } } } }`,
        { s: at.school },
      ),
    );
    const pupils = enrollments.edges.slice(0, OF_EACH).map(({ node }) => node.student.id);
    return { at, reporter: { name, phone: `139${at.school.slice(-8)}` }, pupils, filed: [] };
  };
  const all = (): Ticket[] => schools.flatMap(({ filed }) => filed);
  const idsOf = (tickets: readonly Ticket[]) => tickets.map(({ id }) => id).toSorted();
  const others = (): Ticket[] => all().filter(({ id }) => id !== main.id);
  const at = async (instant: string): Promise<void> => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };
  const listed = async (who: Desk) =>
    desk.desk
      .answered(
        await desk.desk.ask<{ tickets: { edges: { node: Ticket }[] } }>(
          who,
          `{ tickets(first: 200) { edges { node { id state dueOn history { act } ... on Complaint { result } } } } }`,
        ),
      )
      .tickets.edges.map(({ node }) => node);
  /** Statements that the service has sent as a role. */
  const statements = async (role: 'app' | 'worker'): Promise<number> => {
    const page = await (await fetch(`${desk.service().url}/metrics`)).text();
    const counts = page.matchAll(
      new RegExp(`^xueji_sql_seconds_count\\{[^}]*role="${role}"[^}]*\\} (\\d+)`, 'gm'),
    );
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  const spentOn = async <T>(role: 'app' | 'worker', work: () => Promise<T>): Promise<[T, number]> => {
    const before = await statements(role);
    const done = await work();
    return [done, (await statements(role)) - before];
  };
  const beside = [guardian('of-another-child'), beiguan.head, authorityDesks('140107').head];
  const isKept = async (): Promise<void> => {
    const some = [main, ...others().slice(0, 2), ...others().slice(-2), issue].filter(Boolean);
    for (const each of beside) expect(await glimpsed(desk, each, some, schools[0]?.pupils[0])).toEqual([]);
    for (const { at: school, filed } of schools) {
      const foreign = some.filter(({ id }) => filed.every((own) => own.id !== id));
      expect(await glimpsed(desk, school.head, foreign)).toEqual([]);
    }
    const [first, second] = schools.map(({ reporter }) => reporter.name);
    expect(await wordsTo(desk, sending.head, some)).not.toContain(second);
    expect(await wordsTo(desk, receiving.head, some)).not.toContain(first);
    expect(await wordsTo(desk, province.head, some)).toContain(second);
  };

  test(
    holds('TKT-04', 'is complained of child by child, and the province of all of them takes it up'),
    async () => {
      const fileAll = async (hit: Hit): Promise<void> => {
        for (const student of hit.pupils)
          hit.filed.push(
            await desk.after(
              desk.file(hit.at.registrar, {
                ...{ student, fault: 'SYSTEM_OPERATION', reporter: hit.reporter },
                matter: '系统升级后学籍状态错误',
              }),
            ),
          );
      };
      await Promise.all(schools.map(fileAll));
      expect(all()).toHaveLength(2 * OF_EACH);
      expect(new Set(all().map(({ unit, scope }) => `${unit} ${scope}`))).toEqual(
        new Set(['140000 SYSTEM_OPERATION']),
      );
      expect(new Set(all().map(({ student }) => student?.id))).toHaveProperty('size', 2 * OF_EACH);
    },
  );

  test('is put together as one complaint under one issue, in few statements for each', async () => {
    [main] = all() as [Ticket];
    const [, spent] = await spentOn('worker', async () => {
      for (const each of others()) await desk.after(desk.merge(province.head, each, { into: main.id }));
    });
    expect(spent).toBeLessThan(40 * others().length);
    issue = await desk.after(
      desk.order(province.head, 'openSystemicIssue', 'OpenSystemicIssueInput', {
        ...{ matter: '系统升级后学籍状态错误', tickets: [main.id] },
      }),
    );
    expect(issue.tickets).toEqual([{ id: main.id }]);
    expect(await desk.list(province.head, { mine: true, open: true })).toEqual(
      expect.arrayContaining([main.id, issue.id]),
    );
    expect(await desk.list(province.head, { mine: true, open: true })).toHaveLength(2);
    await isKept();
  });

  test(holds('TKT-04', 'is told to the ministry once, and comes back with what was done'), async () => {
    const contact = { name: '联系人丁', unit: '山西省教育厅', phone: '0351-3333333' };
    report = await desk.after(
      desk.draft(province.head, {
        ...{ businessContact: contact, technicalContact: contact },
        items: [{ description: '升级后状态错误', scope: 'SYSTEM_OPERATION', complaints: [main.id] }],
      }),
    );
    report = await desk.after(desk.seal(province.head, report, { provincialSealApplied: true }));
    report = await desk.after(
      desk.accept(ministry, report, { acceptor: '受理人戊', acceptingUnit: '信息中心' }),
    );
    await desk.after(desk.answerReport(ministry, report, { ministryOpinion: '已修复' }));
    expect((await desk.seen(province.head, main.id)).state).toBe('REPORT_ACCEPTED');
  });

  test(
    breaks('TKT-01', 'is no issue that ends before the complaint; the complaint ends for all, at once'),
    async () => {
      const open = await desk.seen(province.head, issue.id);
      const early = await desk.close(province.head, open, { result: '已修复' });
      expect(early.findings.map(({ code }) => code)).toEqual(['OPEN_SLIPS']);
      const now = await desk.seen(province.head, main.id);
      const [closed, spent] = await spentOn('worker', () =>
        desk.after(desk.close(province.head, now, { result: '系统已修复，学籍状态已更正' })),
      );
      expect(closed.state).toBe('CLOSED');
      expect(spent).toBeLessThan(60);
      await desk.after(desk.close(province.head, open, { result: '系统已修复' }));
      expect(await desk.list(province.head, { mine: true, open: true })).toEqual([]);
    },
  );

  test(holds('TKT-01', 'is told to every school for every child of it, with few reads'), async () => {
    for (const { at: school, filed } of schools) {
      const [told, spent] = await spentOn('app', () => listed(school.registrar));
      expect(idsOf(told)).toEqual(idsOf(filed));
      for (const { id, state, result, dueOn, history } of told) {
        expect([result, dueOn]).toEqual(['系统已修复，学籍状态已更正', null]);
        expect(state).toBe(id === main.id ? 'CLOSED' : 'MERGED');
        expect(history.at(-1)).toMatchObject({ act: 'CLOSED' });
      }
      expect(spent).toBeLessThan(20);
    }
    await isKept();
  });

  test(breaks('TKT-15', 'leaves no clock behind that anybody could miss'), async () => {
    await at('2026-10-30T09:00:00');
    expect(
      await desk.counter.rows(
        'complaint-ticket',
        `select type, count(*)::int as n from event_log
         where type in ('ComplaintReceived', 'TicketMerged', 'TicketClosed', 'TicketOverdue', 'TicketEscalated')
         group by type order by type`,
      ),
    ).toEqual([
      { type: 'ComplaintReceived', n: 2 * OF_EACH },
      { type: 'TicketClosed', n: 2 },
      { type: 'TicketMerged', n: 2 * OF_EACH - 1 },
    ]);
  });
});
