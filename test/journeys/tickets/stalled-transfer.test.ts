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
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { type Pupil, sending, type Transfer } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { glimpsed, onlookers, wordsTo } from './onlookers.ts';

type Family = { child: Pupil; parent: Desk; transfer: Transfer };

/**
 * Two families move within Taiyuan, and the sending school lets both transfers lie. The first complains, and the county settles
 * it with a telephone call. The second has to be asked for by slip after slip, level by level, until somebody acts.
 */
describe('a transfer that nobody decides, and the family that complains of it', () => {
  let registry: Registry;
  let desk: TicketDesk;
  let first: Family;
  let second: Family;
  let heard: Ticket;
  let taken: Ticket;
  let slips: Ticket[];

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
    [first, second] = [await moving(), await moving()];
    await at('2026-09-17T09:00:00');
  });
  afterAll(() => registry?.stop());

  const moving = async (): Promise<Family> => {
    const { child, parent } = await desk.household();
    return { child, parent, transfer: await desk.transfers.started(child) };
  };
  const at = async (instant: string): Promise<void> => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.transfers.atRest();
    await desk.atRest();
  };
  const complaintOf = ({ child, parent }: Family): Promise<Ticket> =>
    desk.after(
      desk.file(parent, {
        ...{ student: child.person, against: [sending.school] },
        matter: '转学申请逾期，转出学校一直不办理',
      }),
    );
  const decided = ({ transfer }: Family) => desk.transfers.approve(sending, transfer);
  const responsible = { responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111' };
  const slipTo = (to: string, dueOn: string) => ({
    ...{ to, dueOn, ...responsible, handlingOpinion: '请立即办理转学' },
  });
  const done = { handler: '承办人丙', handlerPhone: '0351-2222222' };
  const who = new RegExp(`${reporter.name}|${reporter.phone}`);
  /** Nobody beside learns of the tickets, and the school concerned never who reported. */
  const isKept = async (family: Family, tickets: readonly Ticket[]): Promise<void> => {
    for (const each of [...onlookers(), (family === first ? second : first).parent])
      expect(await glimpsed(desk, each, tickets, family.child.person)).toEqual([]);
    for (const each of [sending.registrar, sending.head])
      expect(await wordsTo(desk, each, tickets)).not.toMatch(who);
    expect(await glimpsed(desk, family.parent, tickets, family.child.person)).not.toEqual([]);
    expect(await wordsTo(desk, county.head, tickets)).toMatch(who);
  };

  test(
    holds('TKT-01', 'the day after its ten working days the first family complains, and the county has it'),
    async () => {
      expect((await desk.transfers.seen(sending.head, first.transfer.id)).steps.at(-1)?.overdue).toBe(true);
      heard = await complaintOf(first);
      expect(heard).toMatchObject({ unit: '140105', origin: 'GUARDIAN', state: 'RECEIVED' });
      expect(await desk.list(county.registrar, { mine: true })).toEqual([heard.id]);
      heard = await desk.after(desk.acknowledge(county.registrar, heard));
      expect((await desk.seen(first.parent, heard.id)).acknowledgedAt).not.toBeNull();
    },
  );

  test(
    breaks('TKT-16', 'the school complained of is asked about the child, and sees no complaint at all'),
    async () => {
      await isKept(first, [heard]);
      for (const each of [sending.registrar, sending.head])
        expect(await glimpsed(desk, each, [heard], first.child.person)).toEqual([]);
    },
  );

  test(
    holds('TKT-03', 'the county settles it on its own level, and the school decides the transfer'),
    async () => {
      heard = await desk.after(
        desk.handle(county.registrar, heard, { result: '已约谈学校，学校当日办理转出' }),
      );
      expect(heard).toMatchObject({ state: 'HANDLED', dueOn: null });
      await decided(first);
      heard = await desk.after(desk.close(county.head, heard));
      expect(heard.clocks.map(({ clock, state, missedAt }) => [clock, state, missedAt])).toEqual([
        ['ACKNOWLEDGE', 'MET', null],
        ['HANDLE', 'MET', null],
      ]);
    },
  );

  test('the family reads what was done; the county asks, and in the end is told, how it was', async () => {
    expect(await desk.seen(first.parent, heard.id)).toMatchObject({
      ...{ state: 'CLOSED', result: '已约谈学校，学校当日办理转出', allowedActions: ['FOLLOW_UP'] },
    });
    heard = await desk.after(desk.followUp(county.registrar, heard, { outcome: 'NOT_REACHED' }));
    const own = await desk.seen(first.parent, heard.id);
    await desk.after(desk.followUp(first.parent, own, { outcome: 'SATISFIED', words: '已转入新学校' }));
    const after = await desk.seen(county.head, heard.id);
    expect(after).toMatchObject({ state: 'CLOSED', followUp: 'SATISFIED' });
    expect(after.history.map(({ act }) => act)).toEqual([
      ...['RECEIVED', 'ACKNOWLEDGED', 'HANDLED', 'CLOSED', 'FOLLOWED_UP', 'FOLLOWED_UP'],
    ]);
    await isKept(first, [heard]);
  });

  test(
    holds(
      'TKT-07',
      'of the second family’s transfer the technical department asks the school what the facts are',
    ),
    async () => {
      taken = await desk.after(desk.acknowledge(county.registrar, await complaintOf(second)));
      const asked = slipTo(sending.school, '2026-09-21');
      expect(codes(await desk.verify(county.head, taken, asked))).toEqual(['ISSUER_MUST_BE_TECHNICAL']);
      slips = [await desk.after(desk.verify(technical(county), taken, asked))];
      expect(await desk.seen(sending.registrar, slips[0]?.id ?? '')).toMatchObject({
        ...{ state: 'ISSUED', reporter: null, ticket: null, studentNamed: { name: second.child.name } },
      });
      await isKept(second, [taken, ...slips]);
    },
  );

  test(
    breaks('TKT-15', 'the school does not answer: the next day the county is to supervise, and does'),
    async () => {
      await at('2026-09-21T23:59:59');
      expect((await desk.seen(county.head, taken.id)).task).toBeNull();
      await at('2026-09-22T00:00:00');
      taken = await desk.seen(county.head, taken.id);
      expect(taken).toMatchObject({ unit: '140105', task: 'SUPERVISION_SLIP' });
      expect(await desk.list(county.head, { task: true })).toEqual([taken.id]);
      const order = slipTo(sending.school, '2026-09-24');
      expect(codes(await desk.supervise(technical(county), taken, order))).toEqual([
        'ISSUER_MUST_BE_ADMINISTRATIVE',
      ]);
      slips.push(await desk.after(desk.supervise(county.head, taken, order)));
      await isKept(second, [taken, ...slips]);
    },
  );

  test(
    breaks('TKT-15', 'nor does it act: it is the city’s now, which turns to the county itself'),
    async () => {
      await at('2026-09-25T00:00:00');
      taken = await desk.seen(city.head, taken.id);
      expect(taken).toMatchObject({
        unit: '140100',
        task: 'SUPERVISION_SLIP',
        reporter: { name: reporter.name },
      });
      expect((await desk.seen(province.head, taken.id)).reporter).toBeNull();
      slips.push(await desk.after(desk.supervise(city.head, taken, slipTo('140105', '2026-09-28'))));
      expect(await desk.list(county.head, { mine: true, overdue: false })).toContain(slips.at(-1)?.id);
      await isKept(second, [taken, ...slips]);
    },
  );

  test(breaks('TKT-15', 'nor does the county: the province takes it, and orders the city'), async () => {
    await at('2026-09-29T00:00:00');
    taken = await desk.seen(province.head, taken.id);
    expect(taken).toMatchObject({
      unit: '140000',
      task: 'SUPERVISION_SLIP',
      reporter: { name: reporter.name },
    });
    slips.push(await desk.after(desk.supervise(province.head, taken, slipTo('140100', '2026-09-30'))));
    const events = await desk.eventsOf(taken.id);
    expect(events.filter((type) => type === 'TicketEscalated')).toHaveLength(3);
    for (const slip of slips.slice(0, 3))
      expect((await desk.eventsOf(slip.id)).filter((type) => type === 'TicketOverdue')).toHaveLength(1);
    await isKept(second, [taken, ...slips]);
  });

  test(
    holds('TKT-11', 'the city has the child let go and says so; what was asked below is answered, late'),
    async () => {
      await decided(second);
      const [asked, ordered, ofCity, ofProvince] = slips.map(({ id }) => id);
      const now = (by: Desk, id = '') => desk.seen(by, id);
      await desk.after(
        desk.answerSupervision(city.registrar, await now(city.head, ofProvince), {
          ...{ ...done, handlingResult: '学校已同意转出' },
        }),
      );
      taken = await desk.seen(province.head, taken.id);
      expect(codes(await desk.close(province.head, taken, { result: '转学已办结' }))).toEqual(['OPEN_SLIPS']);
      const found = { ...done, verifiedFacts: '经办人请假，未指定他人' };
      const acted = { ...done, handlingResult: '已同意转出' };
      await desk.after(desk.answerVerification(sending.registrar, await now(sending.head, asked), found));
      await desk.after(desk.answerSupervision(sending.head, await now(sending.head, ordered), acted));
      await desk.after(desk.answerSupervision(county.registrar, await now(county.head, ofCity), acted));
    },
  );

  test(holds('TKT-01', 'the province closes it and every slip with it, and the family is told'), async () => {
    taken = await desk.seen(province.head, taken.id);
    taken = await desk.after(desk.close(province.head, taken, { result: '转学已办结，学校已被通报' }));
    expect(taken.slips.map(({ kind, state }) => [kind, state])).toEqual([
      ['VERIFICATION', 'CLOSED'],
      ...[1, 2, 3].map(() => ['SUPERVISION', 'CLOSED']),
    ]);
    expect(await desk.seen(second.parent, taken.id)).toMatchObject({
      ...{ state: 'CLOSED', unit: '140000', result: '转学已办结，学校已被通报', slips: [] },
    });
    await isKept(second, [taken, ...slips]);
    await at('2026-10-30T00:00:00');
    expect((await desk.eventsOf(taken.id)).filter((type) => type === 'TicketEscalated')).toHaveLength(3);
  });

  test('the ministry sees who let it lie, by unit and level, and a school sees itself alone', async () => {
    const figures = 'filed answeredInTime answeredLate overdue escalated';
    const told = async (who: Desk, scope?: string) =>
      desk.desk.answered(
        await desk.desk.ask<{ ticketStatistics: { total: object; levels: object[] } }>(
          who,
          `query ($s: ID) { ticketStatistics(month: "2026-09", scope: $s) {
            total { unit ${figures} } levels { level ${figures} } } }`,
          { s: scope },
        ),
      ).ticketStatistics;
    const { total, levels } = await told(ministry, '140100');
    expect(total).toEqual({
      ...{ unit: '140100', filed: 6, answeredInTime: 2, answeredLate: 3, overdue: 0, escalated: 3 },
    });
    expect(levels).toEqual([
      { level: 'SCHOOL', filed: 2, answeredInTime: 0, answeredLate: 2, overdue: 0, escalated: 0 },
      { level: 'COUNTY', filed: 3, answeredInTime: 1, answeredLate: 1, overdue: 0, escalated: 2 },
      { level: 'CITY', filed: 1, answeredInTime: 1, answeredLate: 0, overdue: 0, escalated: 1 },
    ]);
    expect((await told(sending.head)).total).toMatchObject({ unit: sending.school, answeredLate: 2 });
    await expect(told(sending.head, '140105')).rejects.toThrow('OUT_OF_JURISDICTION');
  });
});
