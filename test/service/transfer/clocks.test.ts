import { randomUUID } from 'node:crypto';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { simulatedClock } from '#libs/platform/clock/clock.ts';
import { handleStep } from '#services/transfer/commands/handle-step.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { codes, receiving, sending, type TransferDesk, transferDeskOf } from './transfer-desk.ts';

const registrarOf = (school: string): Actor => ({
  ...{ subject: `registrar-${school}`, name: '', level: 'SCHOOL', school, assurance: 'TWO_FACTORS' },
  ...{ roles: new Set(['REGISTRAR'] as const), scopes: new Set(['student:read', 'student:write']) },
});

/** What follows from the business clock; tests follow one another in time. */
describe('as time goes by, a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const moveTo = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };
  const overdueTold = async (id: string) =>
    (await desk.eventsOf(id)).filter((type) => type === 'StepOverdueRecorded').length;

  let id = '';

  test(holds('TRF-03', 'is not late on the last of ten working days'), async () => {
    const child = await desk.pupil();
    await desk.desk.ask(
      receiving.registrar,
      'mutation ($input: ReportAttendingInput!) { reportAttending(input: $input) { attendance { id } } }',
      {
        input: {
          student: { name: child.name, idDocumentType: 'RESIDENT_ID', idDocumentNumber: child.number },
          ...{ idempotencyKey: randomUUID(), since: '2026-09-01', acceptedInCompliance: true },
        },
      },
    );
    const begun = await desk.started(child);
    id = begun.id;
    const step = begun.steps.find(({ party }) => party === 'SOURCE_SCHOOL');
    expect(step).toMatchObject({ deadline: '2026-09-16', provisional: false, overdue: false });
    await moveTo('2026-09-16T23:59:00');
    expect(await overdueTold(id)).toBe(0);
  });

  test(
    breaks('TRF-03', 'stands on record as late from the next day, once for each step, and goes on'),
    async () => {
      await moveTo('2026-09-17T00:00:00');
      expect(await overdueTold(id)).toBe(1);
      await moveTo('2026-09-18T09:00:00');
      expect(await overdueTold(id)).toBe(1);
      const seen = await desk.seen(sending.registrar, id);
      expect(seen).toMatchObject({ state: 'SOURCE_SCHOOL_REVIEW' });
      expect(seen.steps.map(({ overdue }) => overdue)).toEqual([false, true]);
      expect((await desk.after(desk.handle(sending.registrar, seen))).state).toBe('SOURCE_SCHOOL_REVIEW');
    },
  );

  const attendances = async () =>
    desk.desk
      .answered(
        await desk.desk.ask<{ transferAttendances: { edges: { node: unknown }[] } }>(
          receiving.head,
          `{ transferAttendances { edges { node { startedOn overdue deadline { on } transfer { id }
             findings { ruleId code } } } } }`,
        ),
      )
      .transferAttendances.edges.map(({ node }) => node);

  test(holds('TRF-34', 'runs through the ninetieth day after its start'), async () => {
    await moveTo('2026-12-01T23:59:59');
    expect((await desk.seen(receiving.head, id)).state).toBe('SOURCE_SCHOOL_REVIEW');
    expect(await desk.placeOf(id)).toBe('HELD');
    expect(await attendances()).toMatchObject([{ startedOn: '2026-09-02', transfer: { id }, findings: [] }]);
  });

  test(breaks('TRF-34', 'is not worked on after it, though the system has not come to it yet'), async () => {
    const { core } = desk.service();
    const later = { ...core, clock: simulatedClock('2026-12-02T00:00:00+08:00') };
    const { version } = await desk.seen(sending.head, id);
    const order = { idempotencyKey: randomUUID(), transfer: id, expectedVersion: version };
    expect((await handleStep(later, registrarOf(sending.school), order)).findings).toMatchObject([
      { ruleId: 'TRF-34', outcome: 'REJECT' },
    ]);
    expect((await desk.seen(sending.head, id)).version).toBe(version);
  });

  test(breaks('TRF-34', 'is purged after it, gives its place back, and may be started anew'), async () => {
    await moveTo('2026-12-02T00:00:00');
    const purged = await desk.seen(receiving.head, id);
    expect(purged).toMatchObject({ state: 'PURGED', allowedActions: [] });
    expect(purged.findings.map(({ code }) => code)).toEqual(['PURGED_90_DAYS']);
    expect(await desk.placeOf(id)).toBe('RELEASED');
    expect((await desk.eventsOf(id)).at(-1)).toBe('TransferPurged');
    expect(codes(await desk.handle(sending.registrar, purged))).toEqual(['CASE_ENDED']);
  });

  const withoutTransfer = { code: 'ATTENDING_WITHOUT_TRANSFER' };

  test(
    breaks('TRF-49', 'that came to nothing leaves who attends without one, owed anew from its end'),
    async () => {
      const open = { startedOn: null, transfer: null, overdue: false, deadline: { on: '2026-12-16' } };
      const onRecord = [{ ruleId: 'TRF-49', ...withoutTransfer }];
      expect(await attendances()).toEqual([{ ...open, findings: onRecord }]);
    },
  );

  test(breaks('TRF-50', 'that is not started again in time is a breach of the school'), async () => {
    await moveTo('2026-12-17T00:00:00');
    expect(await attendances()).toMatchObject([
      { overdue: true, findings: ['TRF-49', 'TRF-50'].map((ruleId) => ({ ruleId, ...withoutTransfer })) },
    ]);
  });
});
