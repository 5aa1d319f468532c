import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { startInbox } from '#libs/platform/events/inbox.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { followsCases } from '#services/complaint-ticket/cases/projection.ts';
import { noteDoneNext } from '#services/complaint-ticket/late-steps/note-done.ts';
import { openLateNext } from '#services/complaint-ticket/late-steps/open-late.ts';
import { anySchedule, faultyBus } from '#test/events/support/faulty-bus.ts';
import type { Desk } from '#test/service/enrollment/case-desk.ts';
import type { Told } from '#test/service/enrollment/counter.ts';
import { taiyuanPrimary } from '#test/service/enrollment/counter.ts';
import { beiguan, sending, yingze } from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  city,
  county,
  errorsOf,
  ministry,
  province,
  type Ticket,
  type TicketDesk,
  technical,
  ticketDeskOf,
} from './ticket-desk.ts';

type Clock = { clock: string; afterWorkingDays: number; level: string; since?: string };
type Policy = { province: string; clocks: Clock[]; version: number };

/** Tickets that late steps of cases open by themselves, as their province has set it. */
describe('a late step', () => {
  let registry: Registry;
  let desk: TicketDesk;

  beforeEach(async () => {
    registry = await startRegistry({ transfers: true, tickets: true });
    desk = ticketDeskOf(registry);
  });
  afterEach(() => registry?.stop());

  /** Nobody is at work any more: neither on transfers, which put their late steps on record themselves, nor on tickets. */
  const calm = async (): Promise<void> => {
    await registry.network.service('transfer').atRest();
    await desk.atRest();
  };
  const at = async (instant: string): Promise<void> => {
    registry.clock.moveTo(instant);
    await calm();
  };
  const trySet = (who: Desk, clocks: readonly Clock[], more: Record<string, unknown> = {}) =>
    desk.desk.ask<{ setLateStepPolicy: { policy: Policy | null; findings: Told[] } }>(
      who,
      `mutation ($input: SetLateStepPolicyInput!) { setLateStepPolicy(input: $input) {
        policy { province clocks { clock afterWorkingDays level since } version } findings { ruleId code path } } }`,
      { input: { idempotencyKey: randomUUID(), expectedVersion: 0, clocks, ...more } },
    );
  const set = async (...of: Parameters<typeof trySet>) =>
    desk.desk.answered(await trySet(...of)).setLateStepPolicy;
  const policyFor = (who: Desk, of?: string) =>
    desk.desk.ask<{ lateStepPolicy: Policy }>(
      who,
      'query ($p: ID) { lateStepPolicy(province: $p) { province clocks { clock level } version } }',
      { p: of },
    );
  const transfers = (level = 'LOWEST', afterWorkingDays = 2): Clock => ({
    clock: 'TRANSFER',
    afterWorkingDays,
    level,
  });
  const opened = async (who: Desk): Promise<Ticket[]> => {
    const found = await Promise.all(
      (await desk.list(who, { kinds: ['COMPLAINT'] })).map((id) => desk.seen(who, id)),
    );
    return found.filter(({ origin }) => origin === 'SYSTEM');
  };

  test('opens nothing where its province has set nothing, nor before it is late enough', async () => {
    await desk.transfers.started(await desk.transfers.pupil());
    await at('2026-09-30T10:00:00+08:00');
    expect(await opened(province.head)).toEqual([]);
    // Its day had passed before anything was set.
    await set(province.head, [transfers()]);
    await desk.atRest();
    expect(await opened(province.head)).toEqual([]);
  });

  test(
    holds('TKT-01', 'opens one ticket above who is late, with its course, which ends with the step'),
    async () => {
      expect(await set(province.head, [transfers()])).toMatchObject({
        policy: { province: '140000', version: 1, clocks: [{ clock: 'TRANSFER', since: '2026-09-02' }] },
      });
      const child = await desk.transfers.pupil();
      const transfer = await desk.transfers.started(child);
      await at('2026-09-17T23:59:00+08:00');
      expect(await opened(province.head)).toEqual([]);
      await at('2026-09-18T00:10:00+08:00');
      const [ticket, ...others] = await opened(county.head);
      expect(others).toEqual([]);
      expect(ticket).toMatchObject({
        ...{ unit: '140105', state: 'RECEIVED', lateUnit: taiyuanPrimary, against: [taiyuanPrimary] },
        ...{ case: { id: transfer.id }, student: { id: child.person }, reporter: null, dueOn: '2026-10-09' },
      });
      expect(ticket?.matter).toMatch(/^系统发现：转出学校.*已逾期2个工作日。\n省内转学办理经过/);
      expect(ticket?.allowedActions).not.toContain('ACKNOWLEDGE');
      expect(await desk.eventsOf(ticket?.id ?? '')).toEqual(['ComplaintReceived', 'TicketLinkedToCase']);
      for (const who of [sending.head, yingze.head, beiguan.head]) expect(await opened(who)).toEqual([]);
      const slip = await desk.after(
        desk.supervise(county.head, ticket as Ticket, {
          ...{ responsiblePerson: '责任人乙', responsiblePhone: '0351-1111111', dueOn: '2026-09-30' },
          handlingOpinion: '请立即办理',
        }),
      );
      expect(slip).toMatchObject({ unit: taiyuanPrimary, lateUnit: taiyuanPrimary, reporter: null });
      await desk.after(desk.withdraw(county.head, slip, { reason: '已办结' }));
      await at('2026-09-21T10:00:00+08:00');
      await desk.transfers.approve(sending, transfer);
      await desk.atRest();
      const noted = await desk.seen(county.head, ticket?.id ?? '');
      expect(noted.history.at(-1)).toMatchObject({
        ...{ act: 'CASE_STEP_DONE', unit: null, words: '逾期环节已于2026-09-21办结，逾期4个工作日。' },
      });
      const closed = await desk.after(desk.close(county.head, noted));
      expect(closed).toMatchObject({
        state: 'CLOSED',
        result: '逾期环节已于2026-09-21办结，逾期4个工作日。',
      });
      expect(closed.allowedActions).toEqual(['REOPEN']);
    },
  );

  test('goes at least to the level that the province has named, and up from an authority that is late', async () => {
    await set(province.head, [transfers('CITY')]);
    const transfer = await desk.transfers.started(await desk.transfers.pupil());
    await at('2026-09-18T10:00:00+08:00');
    expect((await opened(city.head)).map(({ unit }) => unit)).toEqual(['140100']);
    await set(province.head, [transfers('LOWEST')], { expectedVersion: 1 });
    await desk.transfers.approve(sending, transfer);
    await at('2026-10-13T10:00:00+08:00');
    // The ticket of the sending school has gone up meanwhile, as nobody has handled it.
    const late = (await opened(city.head)).filter(({ lateUnit }) => lateUnit !== taiyuanPrimary);
    expect(late.map(({ unit, lateUnit }) => [unit, lateUnit]).sort()).toEqual([
      ['140100', '140105'],
      ['140100', '140106'],
    ]);
  });

  test('is told in its ticket as well when its case ends undecided', async () => {
    await set(province.head, [transfers()]);
    const { child, parent } = await desk.household();
    const transfer = await desk.transfers.started(child);
    await at('2026-09-18T10:00:00+08:00');
    const [ticket] = await opened(county.head);
    await desk.transfers.after(
      desk.transfers.withdraw(parent, await desk.transfers.seen(parent, transfer.id)),
    );
    await desk.atRest();
    const after = await desk.seen(county.head, ticket?.id ?? '');
    expect(after).toMatchObject({
      state: 'RECEIVED',
      result: expect.stringContaining('业务已于2026-09-18终止'),
    });
  });

  test('opens one ticket however often, late or out of order its events come, and whoever looks at once', async () => {
    await set(province.head, [transfers()]);
    const { core } = desk.service();
    const schedules = fc.sample(anySchedule, { numRuns: 3, seed: 20_260_918 });
    const inboxes = await Promise.all(
      schedules.map((schedule) =>
        startInbox({
          ...{ projection: followsCases, source: 'transfer', orm: core.worker, log: silentLog },
          ...{ bus: faultyBus(core.bus, schedule), healAfter: 60 },
        }),
      ),
    );
    const begun = [];
    for (let n = 0; n < 3; n++) begun.push(await desk.transfers.started(await desk.transfers.pupil()));
    await desk.atRest();
    registry.clock.moveTo('2026-09-18T10:00:00+08:00');
    await Promise.all(Array.from({ length: 8 }, () => openLateNext(core)));
    await calm();
    const tickets = await opened(county.head);
    expect(tickets.map((each) => each.case?.id).sort()).toEqual(begun.map(({ id }) => id).sort());
    for (const transfer of begun) await desk.transfers.approve(sending, transfer);
    await registry.settled();
    await Promise.all(Array.from({ length: 4 }, () => noteDoneNext(core)));
    await desk.atRest();
    for (const { id } of tickets) {
      const acts = (await desk.seen(county.head, id)).history.map(({ act }) => act);
      expect(acts.filter((act) => act === 'CASE_STEP_DONE')).toHaveLength(1);
    }
    expect((await opened(county.head)).length).toBe(3);
    await Promise.all(inboxes.map((inbox) => inbox.stop()));
  });

  test(
    breaks('TKT-01', 'is set by the province within bounds, and everything wrong is told at once'),
    async () => {
      const wrong = [transfers('LOWEST', 0), transfers('CITY', 61)];
      expect(await set(technical(province), wrong)).toMatchObject({
        policy: null,
        findings: [
          { ruleId: 'TKT-08', code: 'ISSUER_MUST_BE_ADMINISTRATIVE', path: ['clocks'] },
          { ruleId: 'TKT-01', code: 'LATE_STEP_CLOCK_TWICE', path: ['clocks', '1', 'clock'] },
          {
            ruleId: 'TKT-01',
            code: 'LATE_STEP_DAYS_OUT_OF_BOUNDS',
            path: ['clocks', '0', 'afterWorkingDays'],
          },
          {
            ruleId: 'TKT-01',
            code: 'LATE_STEP_DAYS_OUT_OF_BOUNDS',
            path: ['clocks', '1', 'afterWorkingDays'],
          },
        ],
      });
      for (const who of [county.head, city.head, province.registrar, ministry, sending.head])
        expect(await errorsOf(trySet(who, [transfers()]))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );

  test('keeps one policy of a province: once for each key, on the version that was seen', async () => {
    const key = { idempotencyKey: randomUUID() };
    expect((await set(province.head, [transfers()], key)).policy?.version).toBe(1);
    expect((await set(province.head, [transfers()], key)).policy?.version).toBe(1);
    expect(await errorsOf(trySet(province.head, []))).toEqual(['VERSION_CONFLICT']);
    registry.clock.moveTo('2026-09-07T09:00:00+08:00');
    const changed = await set(
      province.head,
      [transfers('CITY', 5), { ...transfers(), clock: 'ENROLLMENT' }],
      {
        expectedVersion: 1,
      },
    );
    expect(changed.policy).toMatchObject({
      version: 2,
      clocks: [
        { since: '2026-09-02', afterWorkingDays: 5 },
        { clock: 'ENROLLMENT', since: '2026-09-07' },
      ],
    });
    expect((await set(province.head, [], { expectedVersion: 2 })).policy?.clocks).toEqual([]);
  });

  test(
    breaks('PRV-12', 'is under a policy that those read who work in the province, and nobody beside it'),
    async () => {
      await set(province.head, [transfers()]);
      for (const who of [province.registrar, city.head, county.registrar, sending.registrar]) {
        const { lateStepPolicy } = desk.desk.answered(await policyFor(who));
        expect(lateStepPolicy).toMatchObject({ province: '140000', version: 1 });
      }
      expect(desk.desk.answered(await policyFor(beiguan.head)).lateStepPolicy).toMatchObject({
        ...{ province: '410000', version: 0, clocks: [] },
      });
      for (const code of ['140000', '140100', '999999'])
        expect(await errorsOf(policyFor(beiguan.head, code))).toEqual(['OUT_OF_JURISDICTION']);
    },
  );
});
