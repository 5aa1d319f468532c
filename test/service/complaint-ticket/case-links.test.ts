import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { schoolDesks } from '#test/service/enrollment/case-desk.ts';
import { otherTaiyuanPrimary, taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import {
  beiguan,
  type Pupil,
  receiving,
  sending,
  type Transfer,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
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
  type Ticket,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

type Draft = {
  case: { id: string } | null;
  student: { id: string } | null;
  lateUnit: string | null;
  matter: string;
  handlingOpinion: string | null;
  clock: { dueOn: string } | null;
  steps: { party: string; unit: string; dueOn: string | null; doneOn: string | null; lateBy: number }[];
  findings: { ruleId: string; outcome: string; code: string; basis: { layer: string }[] }[];
};

/** The case that a ticket is about, and the party of it that is late. */
describe('a ticket about a case', () => {
  let registry: Registry;
  let desk: TicketDesk;
  let child: Pupil;
  let parent: Desk;
  let transfer: Transfer;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
    ({ child, parent } = await desk.household());
    transfer = await desk.transfers.started(child);
    await desk.atRest();
    // The sending school was to decide until 16 September.
    registry.clock.moveTo('2026-09-18T10:00:00+08:00');
    await desk.atRest();
  });
  afterAll(() => registry?.stop());

  const named = () => ({ kind: 'TRANSFER', id: transfer.id });
  const draft = (who: Desk, id = transfer.id, kind = 'TRANSFER') =>
    desk.desk.ask<{ slipDraftFromCase: Draft }>(
      who,
      `query ($case: TicketCaseInput!) { slipDraftFromCase(case: $case) {
        case { ... on TransferCase { id } } student { id } lateUnit matter handlingOpinion clock { dueOn }
        steps { party unit dueOn doneOn lateBy } findings { ruleId outcome code basis { layer } } } }`,
      { case: { kind, id } },
    );
  const drafted = async (...of: Parameters<typeof draft>): Promise<Draft> =>
    desk.desk.answered(await draft(...of)).slipDraftFromCase;
  const complained = async (more: Record<string, unknown> = {}): Promise<Ticket> =>
    desk.after(desk.file(parent, { student: child.person, case: named(), ...more }));
  const found = ({ findings }: Awaited<ReturnType<typeof desk.file>>) =>
    findings.map(({ ruleId, code, path }) => `${ruleId} ${code} ${path?.join('.')}`);
  const responsible = {
    responsiblePerson: '责任人乙',
    responsiblePhone: '0351-1111111',
    dueOn: '2026-09-30',
  };
  const supervising = { ...responsible, handlingOpinion: '请立即办理' };

  test('fills a slip by itself: the course, the late party, the article of the missed clock', async () => {
    const slip = await drafted(city.head);
    expect(slip).toMatchObject({
      ...{ case: { id: transfer.id }, student: { id: child.person }, lateUnit: taiyuanPrimary },
      clock: { dueOn: '2026-10-09' },
    });
    expect(slip.steps.map(({ party, dueOn, doneOn, lateBy }) => [party, dueOn, doneOn, lateBy])).toEqual([
      ['TARGET_SCHOOL', null, '2026-09-02', 0],
      ['SOURCE_SCHOOL', '2026-09-16', null, 2],
    ]);
    expect(slip.findings).toMatchObject([
      { ruleId: 'TRF-03', outcome: 'RECORD', code: 'STEP_OVERDUE', basis: expect.any(Array) },
    ]);
    expect(slip.findings[0]?.basis.map(({ layer }) => layer)).toContain('SX26');
    expect(slip.matter).toContain('期限2026-09-16，尚未办结，逾期2个工作日');
    expect(slip.matter).not.toContain(child.name);
    expect(slip.handlingOpinion).toContain('省内转学');
  });

  test('tells a unit to which no slip could go that it stands outside', async () => {
    expect((await drafted(yingze.head)).findings.map(({ code }) => code)).toEqual([
      'STEP_OVERDUE',
      'ADDRESSEE_OUTSIDE_JURISDICTION',
    ]);
  });

  test(breaks('PRV-12', 'is about no case at all for whoever does not see the case'), async () => {
    const nothing = '01900000-0000-7000-8000-000000000001';
    for (const who of [beiguan.head, ministry])
      for (const id of [transfer.id, nothing, 'none', `${child.person}.${transfer.id}`])
        expect(await errorsOf(draft(who, id))).toEqual(['OUT_OF_JURISDICTION']);
    expect(await errorsOf(draft(city.head, transfer.id, 'ENROLLMENT'))).toEqual(['OUT_OF_JURISDICTION']);
    expect(await errorsOf(draft(sending.head))).toEqual(['OUT_OF_JURISDICTION']);
    const ofOther = desk.tryOn(parent, 'fileComplaint', 'FileComplaintInput', {
      ...desk.complaint({ student: child.person }),
      case: { kind: 'TRANSFER', id: nothing },
    });
    expect(await errorsOf(ofOther)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test(holds('TKT-01', 'goes to the authority above the party of the case that is late'), async () => {
    const ticket = await complained();
    expect(ticket).toMatchObject({
      ...{ unit: '140105', lateUnit: taiyuanPrimary, against: [taiyuanPrimary] },
      case: { __typename: 'TransferCase', id: transfer.id, course: transfer.state },
    });
    const byAuthority = await complained({ lateUnit: otherTaiyuanPrimary });
    expect(byAuthority).toMatchObject({ unit: '140106', lateUnit: otherTaiyuanPrimary });
  });

  test(
    breaks('TKT-01', 'names a case of its own student and a party of the case; all is told at once'),
    async () => {
      const other = await desk.household();
      const ofOther = { student: other.child.person, case: named(), lateUnit: '140100' };
      expect(found(await desk.file(county.registrar, ofOther))).toEqual([
        'TKT-01 CASE_OF_ANOTHER_STUDENT case',
        'TKT-01 LATE_PARTY_NOT_IN_CASE lateUnit',
      ]);
      expect(found(await desk.file(parent, { student: child.person, lateUnit: taiyuanPrimary }))).toEqual([
        'TKT-01 LATE_PARTY_WITHOUT_CASE case',
      ]);
    },
  );

  test('is seen from the case as well, by whoever sees both', async () => {
    const ticket = await complained();
    const ofCase = async (who: Desk): Promise<string[] | null> => {
      const { data } = await desk.desk.ask<{ transferCase: { tickets: { id: string }[] | null } }>(
        who,
        'query ($id: ID!) { transferCase(id: $id) { tickets { id } } }',
        { id: transfer.id },
      );
      return data?.transferCase?.tickets?.map(({ id }) => id) ?? null;
    };
    for (const who of [county.head, city.head, province.head, parent])
      expect(await ofCase(who)).toContain(ticket.id);
    for (const who of [sending.head, receiving.head, yingze.head])
      expect(await ofCase(who)).not.toContain(ticket.id);
    expect(await ofCase(beiguan.head)).toBeNull();
  });

  test(
    breaks(
      'TKT-16',
      'tells the late party, by the slip that goes to it, that it is late, and never who complained',
    ),
    async () => {
      const ticket = await complained();
      const slip = await desk.after(desk.supervise(county.head, ticket, supervising));
      expect(slip).toMatchObject({
        unit: taiyuanPrimary,
        lateUnit: taiyuanPrimary,
        written: expect.any(String),
      });
      expect(slip.written).toMatch(/^学籍被错误注销\n省内转学办理经过/);
      const atSchool = await desk.seen(sending.head, slip.id);
      expect(atSchool).toMatchObject({
        ...{ lateUnit: taiyuanPrimary, reporter: null, ticket: null },
        case: { __typename: 'TransferCase', id: transfer.id },
      });
    },
  );

  test(breaks('TKT-16', 'keeps who complained from an authority that is late itself'), async () => {
    const begun = await desk.household();
    const moving = await desk.transfers.started(begun.child);
    await desk.transfers.approve(sending, moving);
    await desk.atRest();
    const asked = {
      student: begun.child.person,
      case: { kind: 'TRANSFER', id: moving.id },
      lateUnit: '140105',
    };
    const ticket = await desk.after(desk.file(begun.parent, asked));
    expect(ticket).toMatchObject({ unit: '140100', lateUnit: '140105' });
    const slip = await desk.after(desk.verify(technical(city), ticket, responsible));
    expect(slip).toMatchObject({ unit: '140105', reporter: { name: '反映人甲' } });
    const atCounty = await desk.seen(county.head, slip.id);
    expect(atCounty).toMatchObject({ lateUnit: '140105', reporter: null, allowedActions: expect.any(Array) });
    expect(atCounty.allowedActions).toContain('ANSWER');
  });

  test(breaks('TKT-11', 'whose slip names a wrong case or party says so with all the rest'), async () => {
    const ticket = await desk.after(desk.file(callCentre, { against: ['140105'] }));
    const asked = { case: named(), lateUnit: '140100', to: '410503', responsiblePerson: '责任人乙' };
    expect(found(await desk.supervise(city.head, ticket, asked))).toEqual([
      'TKT-11 ADDRESSEE_OUTSIDE_JURISDICTION undertakingUnit',
      'TKT-11 SLIP_FIELD_MISSING responsiblePhone',
      'TKT-11 SLIP_FIELD_MISSING handlingOpinion',
      'TKT-11 DUE_DATE_MISSING dueDate',
      'TKT-11 LATE_PARTY_NOT_IN_CASE lateUnit',
    ]);
  });

  test('is linked to its case by whoever handles it, and by nobody who is late himself', async () => {
    const ticket = await desk.after(desk.file(parent, { student: child.person }));
    expect(ticket).toMatchObject({ case: null, lateUnit: null, unit: '140105' });
    const linked = await desk.after(desk.linkCase(county.registrar, ticket, { case: named() }));
    expect(linked).toMatchObject({ lateUnit: taiyuanPrimary, case: { id: transfer.id } });
    expect(await desk.eventsOf(ticket.id)).toEqual(['ComplaintReceived', 'TicketLinkedToCase']);
    const unlinked = await desk.after(desk.linkCase(county.registrar, linked));
    expect(unlinked).toMatchObject({ lateUnit: null, case: null });
    const own = desk.linkCase(county.registrar, unlinked, { case: named(), lateUnit: '140105' });
    expect(codes(await own)).toEqual(['LATE_PARTY_NOT_IN_CASE', 'LATE_PARTY_HANDLES']);
    const stranger = desk.tryOn(schoolDesks(taiyuanPrimary).registrar, 'linkToCase', 'LinkToCaseInput', {
      ...{ ticket: ticket.id, expectedVersion: unlinked.version },
    });
    expect(await errorsOf(stranger)).toEqual(['OUT_OF_JURISDICTION']);
  });
});
