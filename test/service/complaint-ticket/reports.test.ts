import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { beiguanSchool } from '#test/service/transfer/transfer-desk.ts';
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

/** What a province cannot solve itself goes to the ministry under its seal, and comes back with an opinion. */
describe('a report to the ministry', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const contact = { name: '联系人丁', unit: '山西省教育厅', phone: '0351-3333333' };
  const contacts = { businessContact: contact, technicalContact: contact };
  const across = async (): Promise<Ticket> => (await desk.filed({ against: [beiguanSchool.school] })).ticket;
  const item = (more: Record<string, unknown> = {}) => ({
    ...{ description: '两省各有一份学籍', scope: 'CROSS_PROVINCE' },
    ...more,
  });
  const drafted = async (complaint: Ticket): Promise<Ticket> =>
    desk.after(desk.draft(province.head, { ...contacts, items: [item({ complaints: [complaint.id] })] }));
  const sealed = async (complaint: Ticket): Promise<Ticket> =>
    desk.after(desk.seal(province.head, await drafted(complaint), { provincialSealApplied: true }));
  const findingsOf = (answer: Awaited<ReturnType<TicketDesk['draft']>>) =>
    answer.findings.map(({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`);
  const centre: Desk = { sub: 'centre', level: 'MINISTRY', unit: '000000', roles: ['INFORMATION_CENTRE'] };

  test(
    holds(
      'TKT-04',
      'is drafted by the province from the complaint that crosses provinces, and goes to the ministry',
    ),
    async () => {
      const complaint = await across();
      expect((await desk.seen(province.head, complaint.id)).allowedActions).toContain('DRAFT_REPORT');
      const report = await drafted(complaint);
      expect(report).toMatchObject({
        ...{ kind: 'REPORT', state: 'REPORT_DRAFTED', unit: '140000', province: '140000' },
        ...{ provincialSealApplied: false, businessContact: { name: '联系人丁' } },
        items: [{ seq: 1, complaints: [{ id: complaint.id }], students: [{ id: complaint.student?.id }] }],
      });
      expect(await errorsOf(desk.see(ministry, report.id))).toEqual(['OUT_OF_JURISDICTION']);
      expect(await desk.seen(province.head, complaint.id)).toMatchObject({
        ...{ state: 'REPORT_DRAFTED', report: { id: report.id } },
      });
      expect(await errorsOf(desk.see(city.head, report.id))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test(breaks('TKT-04', 'is no way around the province, nor for what lies within it'), async () => {
    const own = (await desk.filed({ fault: 'PROVINCIAL_RUNTIME' })).ticket;
    const inside = await desk.draft(province.head, {
      ...{ ...contacts, items: [item({ complaints: [own.id] })] },
    });
    expect(findingsOf(inside)).toEqual(['TKT-04 SCOPE_MISMATCH items.0.scope']);
    const below = await desk.draft(city.head, { ...contacts, items: [item({ concerned: ['410503'] })] });
    expect(findingsOf(below)).toEqual(['TKT-04 REPORT_NOT_FROM_PROVINCE provinceCode']);
  });

  test(breaks('TKT-03', 'holds nothing that the province solves itself'), async () => {
    for (const scope of ['IN_PROVINCE_MANAGEMENT', 'PROVINCIAL_RUNTIME'])
      expect(findingsOf(await desk.draft(province.head, { ...contacts, items: [item({ scope })] }))).toEqual([
        'TKT-03 NOT_REPORTABLE_TO_MINISTRY items.0.scope',
      ]);
  });

  test(holds('TKT-06', 'lists several problems as several items'), async () => {
    const items = [
      item({ concerned: ['410503'] }),
      item({ scope: 'SYSTEM_OPERATION', description: '系统缓慢' }),
    ];
    const report = await desk.after(desk.draft(province.head, { ...contacts, items }));
    expect(report.items.map(({ seq, description }) => [seq, description])).toEqual([
      [1, '两省各有一份学籍'],
      [2, '系统缓慢'],
    ]);
  });

  test(
    breaks(
      'TKT-06',
      'without an item, or with an empty one, and with half a contact is told all that is missing',
    ),
    async () => {
      expect(findingsOf(await desk.draft(province.head, { ...contacts, items: [] }))).toEqual([
        'TKT-06 EMPTY_PROBLEM_LIST items',
      ]);
      const half = {
        businessContact: { name: '联系人丁' },
        items: [item({ scope: 'SYSTEM_OPERATION', description: ' ' })],
      };
      expect(findingsOf(await desk.draft(province.head, half))).toEqual([
        ...['unit', 'phone'].map((part) => `TKT-09 CONTACT_MISSING businessContact.${part}`),
        ...['name', 'unit', 'phone'].map((part) => `TKT-09 CONTACT_MISSING technicalContact.${part}`),
        'TKT-06 EMPTY_PROBLEM_LIST items.0.description',
      ]);
    },
  );

  test(breaks('TKT-05', 'does not go without the seal, nor by another hand than the head’s'), async () => {
    const report = await drafted(await across());
    expect(codes(await desk.seal(province.head, report, { provincialSealApplied: false }))).toEqual([
      'PROVINCIAL_SEAL_MISSING',
    ]);
    expect(
      await errorsOf(
        desk.tryOn(province.registrar, 'sealReportSlip', 'SealReportSlipInput', {
          ...{ ticket: report.id, expectedVersion: report.version, provincialSealApplied: true },
        }),
      ),
    ).toEqual(['OUT_OF_JURISDICTION']);
  });

  test(
    holds('TKT-05', 'is with the ministry once it is sealed, which has five working days to accept it'),
    async () => {
      const complaint = await across();
      const report = await sealed(complaint);
      expect(report).toMatchObject({
        state: 'REPORT_SEALED',
        unit: '000000',
        provincialSealApplied: true,
        sentTo: [],
      });
      const there = await desk.seen(ministry, report.id);
      expect(there).toMatchObject({
        dueOn: '2026-09-09',
        allowedActions: ['ACCEPT_REPORT', 'LINK_CASE', 'ASSIGN', 'NOTE'],
      });
      expect(await desk.list(ministry, { mine: true })).toContain(report.id);
      const along = await desk.seen(province.head, complaint.id);
      expect(along.state).toBe('REPORT_SEALED');
      expect(along.clocks).toContainEqual(expect.objectContaining({ clock: 'REPORT_UP', state: 'MET' }));
      expect(await errorsOf(desk.see(ministry, complaint.id))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test('is taken back while it is a draft, and its complaint stays with the province', async () => {
    const complaint = await across();
    const report = await drafted(complaint);
    expect((await desk.seen(province.registrar, report.id)).allowedActions).toContain('WITHDRAW_REPORT');
    expect((await desk.seen(province.head, complaint.id)).allowedActions).not.toContain('SEAL_REPORT');
    const back = await desk.after(desk.takeBack(province.registrar, report, { reason: '联系人有误' }));
    expect(back).toMatchObject({ state: 'WITHDRAWN', allowedActions: [] });
    expect(back.endedAt).not.toBeNull();
    const again = await desk.seen(province.head, complaint.id);
    expect(again).toMatchObject({ state: 'RECEIVED', report: null });
    expect(again.allowedActions).toContain('DRAFT_REPORT');
    expect(codes(await desk.seal(province.head, back, { provincialSealApplied: true }))).toEqual([
      'TICKET_STATE',
    ]);
    const sent = await sealed(again);
    expect(codes(await desk.takeBack(province.registrar, sent, { reason: '太迟' }))).toEqual([
      'TICKET_STATE',
    ]);
  });

  test(breaks('TKT-12', 'is accepted by nobody in particular, nor answered without an opinion'), async () => {
    const report = await sealed(await across());
    expect(findingsOf(await desk.accept(ministry, report))).toEqual([
      'TKT-12 ACCEPTANCE_INCOMPLETE acceptor',
      'TKT-12 ACCEPTANCE_INCOMPLETE acceptingUnit',
    ]);
    const accepted = await desk.after(
      desk.accept(ministry, report, { acceptor: '受理人戊', acceptingUnit: '基础教育一司' }),
    );
    expect(findingsOf(await desk.answerReport(ministry, accepted))).toEqual([
      'TKT-12 ACCEPTANCE_INCOMPLETE ministryOpinion',
    ]);
  });

  test(
    holds(
      'TKT-12',
      'is accepted, verified by slips of the ministry, answered, and its complaint closed by the province',
    ),
    async () => {
      const complaint = await across();
      const report = await sealed(complaint);
      const accepted = await desk.after(
        desk.accept(centre, report, { acceptor: '受理人戊', acceptingUnit: '信息中心' }),
      );
      expect(accepted).toMatchObject({ state: 'REPORT_ACCEPTED', acceptor: '受理人戊' });
      const slip = await desk.after(
        desk.verify(technical({ head: { ...centre } }), accepted, {
          ...{
            to: '410000',
            responsiblePerson: '责任人乙',
            responsiblePhone: '010-1111111',
            dueOn: '2026-09-11',
          },
          ...{ studentName: '学生己', reporter: { name: reporter.name, phone: reporter.phone } },
        }),
      );
      expect(slip).toMatchObject({ unit: '410000', issuer: '000000', written: '1. 两省各有一份学籍' });
      const verifying = await desk.seen(ministry, report.id);
      expect(codes(await desk.answerReport(ministry, verifying, { ministryOpinion: '已协调' }))).toEqual([
        'OPEN_SLIPS',
      ]);
      const henan: Desk = {
        sub: 'head-410000',
        level: 'PROVINCE',
        unit: '410000',
        roles: ['DECISION_MAKER'],
      };
      const answer = { handler: '承办人丙', handlerPhone: '0371-2222222', verifiedFacts: '一份为误建' };
      await desk.after(desk.answerVerification(henan, await desk.seen(henan, slip.id), answer));
      expect(await errorsOf(desk.see(henan, report.id))).toEqual(['OUT_OF_JURISDICTION']);
      const answered = await desk.after(
        desk.answerReport(ministry, await desk.seen(ministry, report.id), {
          ministryOpinion: '已协调河南撤销',
        }),
      );
      expect(answered).toMatchObject({ state: 'CLOSED', ministryOpinion: '已协调河南撤销', dueOn: null });
      const told = await desk.seen(province.head, complaint.id);
      expect(told).toMatchObject({ state: 'REPORT_ACCEPTED', report: { id: report.id } });
      expect((await desk.after(desk.close(province.head, told, { result: '已解决' }))).state).toBe('CLOSED');
      expect(await desk.eventsOf(report.id)).toEqual([
        ...['ReportSlipDrafted', 'ReportSlipSubmitted', 'ReportSlipAccepted', 'ReportSlipAnswered'],
      ]);
      expect(await errorsOf(desk.see(county.head, report.id))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );
});
