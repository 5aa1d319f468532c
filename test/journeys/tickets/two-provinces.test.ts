import {
  city,
  codes,
  county,
  ministry,
  province,
  reporter,
  type Ticket,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from '#test/service/complaint-ticket/ticket-desk.ts';
import { authorityDesks, type Desk } from '#test/service/enrollment/case-desk.ts';
import { beiguanSchool, type Pupil, sending } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { glimpsed, onlookers, wordsTo } from './onlookers.ts';

/**
 * A child of Taiyuan has a second record in Anyang, and the system of both shows neither to the other. Shanxi can settle neither
 * alone: it reports both problems to the ministry, which has Henan verify and Shanxi act, gives its opinion, and ends first what
 * hangs lowest.
 */
describe('a problem of two provinces', () => {
  let registry: Registry;
  let desk: TicketDesk;
  let child: Pupil;
  let parent: Desk;
  let complaint: Ticket;
  let report: Ticket;
  let verification: Ticket;
  let supervision: Ticket;
  let below: Ticket;
  const henan = authorityDesks('410000', 'PROVINCE');
  const hebei = authorityDesks('130000', 'PROVINCE');
  const centre: Desk = { sub: 'centre', level: 'MINISTRY', unit: '000000', roles: ['INFORMATION_CENTRE'] };
  const contact = (name: string) => ({ name, unit: '山西省教育厅', phone: '0351-3333333' });
  const contacts = { businessContact: contact('业务联系人'), technicalContact: contact('技术联系人') };
  const who = new RegExp(`${reporter.name}|${reporter.phone}`);
  const done = { handler: '承办人丙', handlerPhone: '0371-2222222' };

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
    ({ child, parent } = await desk.household());
  });
  afterAll(() => registry?.stop());

  const at = async (instant: string): Promise<void> => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };
  const items = () => [
    { description: '河南、山西各有一份学籍', scope: 'CROSS_PROVINCE', complaints: [complaint.id] },
    { description: '跨省查重未提示重复', scope: 'SYSTEM_OPERATION' },
  ];
  const slip = (to: string) => ({
    ...{ to, dueOn: '2026-09-15', responsiblePerson: '责任人乙', responsiblePhone: '010-1111111' },
    ...{ studentName: child.name, reporter: { name: reporter.name, phone: reporter.phone } },
  });
  const all = () => [complaint, report, verification, supervision, below].filter(Boolean);
  /** Both schools see no reporter; a third province, other counties and other families nothing at all. */
  const isKept = async (): Promise<void> => {
    for (const each of [...onlookers(), hebei.head])
      expect(await glimpsed(desk, each, all(), child.person)).toEqual([]);
    for (const { registrar, head } of [sending, beiguanSchool])
      for (const each of [registrar, head]) expect(await wordsTo(desk, each, all())).not.toMatch(who);
    expect(await wordsTo(desk, province.head, all())).toMatch(who);
  };

  test(holds('TKT-04', 'is complained of by the family, and taken up by its own province'), async () => {
    complaint = await desk.after(
      desk.file(parent, { student: child.person, against: [sending.school, beiguanSchool.school] }),
    );
    expect(complaint).toMatchObject({ unit: '140000', scope: 'CROSS_PROVINCE' });
    complaint = await desk.after(desk.acknowledge(province.registrar, complaint));
    for (const each of [county.head, city.head])
      expect(await glimpsed(desk, each, [complaint], child.person)).toEqual([]);
    await isKept();
  });

  test(breaks('TKT-09', 'is not reported with half a contact, nor as no problem at all'), async () => {
    const { businessContact } = contacts;
    const half = await desk.draft(province.head, { businessContact, items: [] });
    expect(half.ticket).toBeNull();
    expect([...new Set(codes(half))]).toEqual(['CONTACT_MISSING', 'EMPTY_PROBLEM_LIST']);
    expect((await desk.seen(province.head, complaint.id)).state).toBe('RECEIVED');
  });

  test(
    holds('TKT-06', 'is drafted as two items with both contacts, which nobody at the ministry sees'),
    async () => {
      report = await desk.after(desk.draft(province.head, { ...contacts, items: items() }));
      expect(report.items.map(({ seq, complaints, students }) => [seq, complaints.length, students])).toEqual(
        [
          [1, 1, [{ id: child.person }]],
          [2, 0, []],
        ],
      );
      expect(await glimpsed(desk, ministry, [report, complaint], child.person)).toEqual([]);
      await isKept();
    },
  );

  test(breaks('TKT-05', 'goes nowhere without the seal'), async () => {
    const bare = await desk.seal(province.head, report, { provincialSealApplied: false });
    expect(codes(bare)).toEqual(['PROVINCIAL_SEAL_MISSING']);
    expect(await desk.list(ministry, { mine: true })).toEqual([]);
  });

  test(
    holds('TKT-05', 'goes to the ministry under the seal of the province, within its three days'),
    async () => {
      await at('2026-09-04T15:00:00');
      report = await desk.after(desk.seal(province.head, report, { provincialSealApplied: true }));
      expect(report).toMatchObject({ state: 'REPORT_SEALED', unit: '000000', provincialSealApplied: true });
      expect(await desk.list(ministry, { mine: true })).toEqual([report.id]);
      complaint = await desk.seen(province.head, complaint.id);
      expect(complaint.clocks).toContainEqual(
        expect.objectContaining({ clock: 'REPORT_UP', state: 'MET', missedAt: null }),
      );
      expect(await glimpsed(desk, henan.head, [report, complaint], child.person)).toEqual([]);
      expect(await wordsTo(desk, ministry, [report, complaint])).not.toMatch(who);
      await isKept();
    },
  );

  test(holds('TKT-12', 'is accepted by somebody, for a unit of the ministry'), async () => {
    await at('2026-09-07T10:00:00');
    report = await desk.after(
      desk.accept(centre, report, { acceptor: '受理人戊', acceptingUnit: '信息中心' }),
    );
    expect(report).toMatchObject({ state: 'REPORT_ACCEPTED', acceptor: '受理人戊' });
    expect((await desk.seen(province.head, complaint.id)).state).toBe('REPORT_ACCEPTED');
  });

  test(
    holds('TKT-08', 'goes down as two slips: Henan is to verify, Shanxi to act on the opinion'),
    async () => {
      verification = await desk.after(desk.verify(technical({ head: centre }), report, slip('410000')));
      report = await desk.seen(ministry, report.id);
      supervision = await desk.after(
        desk.supervise({ ...ministry, department: 'ADMINISTRATIVE' } as Desk, report, {
          ...{ ...slip('140000'), handlingOpinion: '保留山西学籍，核对后撤销河南重复学籍' },
        }),
      );
      expect(await desk.list(henan.head, { mine: true })).toEqual([verification.id]);
      expect(await desk.list(province.head, { mine: true, kinds: ['SUPERVISION'] })).toEqual([
        supervision.id,
      ]);
      expect(await glimpsed(desk, henan.head, [report, supervision, complaint])).toEqual([]);
      await isKept();
    },
  );

  test(breaks('TKT-01', 'is not ended by the ministry while a slip of it is out'), async () => {
    report = await desk.seen(ministry, report.id);
    const opinion = { ministryOpinion: '保留山西学籍' };
    expect(codes(await desk.answerReport(ministry, report, opinion))).toEqual(['OPEN_SLIPS']);
    await desk.after(
      desk.answerVerification(henan.registrar, await desk.seen(henan.head, verification.id), {
        ...{ ...done, verifiedFacts: '河南学籍系误建，学生从未到校' },
      }),
    );
    report = await desk.seen(ministry, report.id);
    expect(codes(await desk.answerReport(ministry, report, opinion))).toEqual(['OPEN_SLIPS']);
  });

  test(
    breaks('TKT-01', 'nor by the province, which has its county act, before the county has answered'),
    async () => {
      complaint = await desk.seen(province.head, complaint.id);
      below = await desk.after(
        desk.supervise(province.head, complaint, { ...slip('140105'), handlingOpinion: '请核对学生学籍' }),
      );
      complaint = await desk.seen(province.head, complaint.id);
      expect(codes(await desk.close(province.head, complaint, { result: '已解决' }))).toEqual(['OPEN_SLIPS']);
      expect(await glimpsed(desk, county.head, [report, verification, supervision])).toEqual([]);
      await isKept();
    },
  );

  test(
    holds('TKT-11', 'is ended from the bottom up: the county, the complaint, the slips, the report'),
    async () => {
      await at('2026-09-11T10:00:00');
      await desk.after(
        desk.answerSupervision(county.registrar, await desk.seen(county.head, below.id), {
          ...{ ...done, handlingResult: '学生在校，学籍属实' },
        }),
      );
      complaint = await desk.after(
        desk.close(province.head, await desk.seen(province.head, complaint.id), {
          result: '重复学籍已撤销，您孩子的学籍在山西',
        }),
      );
      expect(complaint).toMatchObject({ state: 'CLOSED', slips: [{ id: below.id, state: 'CLOSED' }] });
      await desk.after(
        desk.answerSupervision(province.head, await desk.seen(province.head, supervision.id), {
          ...{ ...done, handlingResult: '已核对并保留山西学籍' },
        }),
      );
      report = await desk.after(
        desk.answerReport(ministry, await desk.seen(ministry, report.id), {
          ministryOpinion: '保留山西学籍，河南学籍已撤销',
        }),
      );
      expect(report).toMatchObject({ state: 'CLOSED', ministryOpinion: '保留山西学籍，河南学籍已撤销' });
      for (const [by, { id }] of [
        [henan.head, verification],
        [province.head, supervision],
      ] as const)
        expect([await desk.seen(by, id), (await desk.eventsOf(id)).at(-1)]).toMatchObject([
          { state: 'CLOSED', dueOn: null },
          'TicketClosed',
        ]);
      await isKept();
    },
  );

  test(
    holds('TKT-16', 'and the family reads the end of its own complaint, and nothing of the report'),
    async () => {
      const own = await desk.seen(parent, complaint.id);
      expect(own).toMatchObject({
        ...{ state: 'CLOSED', result: '重复学籍已撤销，您孩子的学籍在山西', report: null, slips: [] },
      });
      expect(await glimpsed(desk, parent, [report, verification, supervision, below])).toEqual([]);
      for (const month of ['2026-10-31', '2026-11-30']) await at(`${month}T00:00:00`);
      for (const { id } of all()) expect(await desk.eventsOf(id)).not.toContain('TicketOverdue');
    },
  );
});
