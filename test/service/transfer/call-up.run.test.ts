import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  beiguan,
  beiguanSchool,
  codes,
  receiving,
  type TransferDesk,
  third,
  transferDeskOf,
  yingze,
} from './transfer-desk.ts';

/** From the last approval across provinces until the file is called up, or the case is cancelled. */
describe('the call-up of a file across provinces', () => {
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
  const seen = (id: string) => desk.seen(receiving.registrar, id);

  test(
    breaks('TRF-32', 'is no part of the last approval: the registration stays until it has been made'),
    async () => {
      const child = await desk.fromBeiguan();
      const waiting = await desk.awaitingReport(child);
      await desk.atRest();
      expect(await seen(waiting.id)).toMatchObject({ state: 'AWAIT_REPORTING', allowedActions: ['CALL_UP'] });
      expect(await desk.list(receiving.registrar, { mine: true })).toContain(waiting.id);
      expect((await desk.registrationOf(child.person))?.school).toBe(beiguanSchool.school);
    },
  );

  test(breaks('TRF-32', 'is refused for a pupil who is to report on a later day'), async () => {
    const waiting = await desk.awaitingReport(await desk.fromBeiguan());
    const refused = await desk.callUp(receiving.registrar, waiting, '2026-09-03');
    expect(refused.transfer).toBeNull();
    expect(refused.findings).toMatchObject([{ ruleId: 'TRF-32', code: 'CALL_UP_WITHOUT_REPORTING' }]);
    expect(await seen(waiting.id)).toMatchObject({ state: 'AWAIT_REPORTING', version: waiting.version });
  });

  test(breaks('TRF-32', 'is refused for a day before the case was started'), async () => {
    const waiting = await desk.awaitingReport(await desk.fromBeiguan());
    for (const day of ['1926-09-02', '2026-09-01']) {
      const refused = await desk.callUp(receiving.registrar, waiting, day);
      expect(refused.findings).toMatchObject([{ code: 'REPORTED_BEFORE_START', path: ['reportedOn'] }]);
    }
    expect(await seen(waiting.id)).toMatchObject({ state: 'AWAIT_REPORTING', version: waiting.version });
  });

  test(
    holds('TRF-32', 'is made by the receiving school for a pupil who reported, and the registration follows'),
    async () => {
      const child = await desk.fromBeiguan();
      const waiting = await desk.awaitingReport(child);
      const called = await desk.after(desk.callUp(receiving.registrar, waiting, '2026-09-02'));
      expect(['CALL_UP', 'HANDED_OVER']).toContain(called.state);
      expect(called.callUp).toMatchObject({ reportedOn: '2026-09-02' });
      await desk.atRest();
      expect((await seen(waiting.id)).state).toBe('HANDED_OVER');
      expect(await desk.registrationOf(child.person)).toMatchObject({
        ...{ school: receiving.school, status: 'IN_SCHOOL' },
      });
      expect(await desk.placeOf(waiting.id)).toBe('TAKEN');
      expect((await desk.eventsOf(waiting.id)).slice(-2)).toEqual(['FileCalledUp', 'TransferCompleted']);
    },
  );

  test(breaks('TRF-02', 'is the receiving school’s alone'), async () => {
    const waiting = await desk.awaitingReport(await desk.fromBeiguan());
    const bySource = await desk.callUp(beiguanSchool.registrar, waiting, '2026-09-02');
    expect(codes(bySource)).toEqual(['ONLY_TARGET_SCHOOL_MAY_INITIATE']);
    const strangers = [third.registrar, receiving.head, yingze.registrar];
    for (const who of strangers) {
      const answer = await desk.tryOn(who, 'callUpFile', 'CallUpFileInput', {
        ...{ transfer: waiting.id, expectedVersion: waiting.version, reportedOn: '2026-09-02' },
      });
      expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    }
  });

  test(
    breaks('TRF-32', 'is not made before everybody has approved, nor of a case within a province'),
    async () => {
      const begun = await desk.started(await desk.fromBeiguan(), receiving, {
        kind: 'CROSS_PROVINCE_TRANSFER',
      });
      const early = await desk.callUp(receiving.registrar, begun, '2026-09-02');
      expect(codes(early)).toEqual(['STEP_OUT_OF_ORDER']);
      const inside = await desk.nearlyApproved(await desk.pupil());
      expect((await desk.approve(yingze, inside)).callUp).toBeNull();
      await desk.atRest();
      const ended = await desk.callUp(receiving.registrar, await seen(inside.id), '2026-09-02');
      expect(codes(ended)).toEqual(['CASE_ENDED']);
    },
  );

  describe('that nobody makes', () => {
    let id = '';
    let person = '';

    test(holds('TRF-33', 'has ten working days from the last approval, the last one whole'), async () => {
      const child = await desk.fromBeiguan();
      person = child.person;
      const waiting = await desk.awaitingReport(child);
      id = waiting.id;
      expect(waiting.callUp).toEqual({
        deadline: { on: '2026-09-16', provisional: false },
        reportedOn: null,
        calledUpAt: null,
      });
      await moveTo('2026-09-16T23:59:59');
      expect(await seen(id)).toMatchObject({ state: 'AWAIT_REPORTING' });
      expect(await desk.placeOf(id)).toBe('HELD');
    });

    test(
      breaks('TRF-33', 'is too late after them: the case is cancelled and the registration stays'),
      async () => {
        const before = await seen(id);
        await moveTo('2026-09-17T00:00:00');
        const cancelled = await seen(id);
        expect(cancelled).toMatchObject({ state: 'AUTO_CANCELLED', allowedActions: [] });
        expect(cancelled.findings.map(({ code }) => code)).toEqual(['CALL_UP_EXPIRED']);
        expect(await desk.placeOf(id)).toBe('RELEASED');
        expect((await desk.registrationOf(person))?.school).toBe(beiguanSchool.school);
        expect((await desk.eventsOf(id)).at(-1)).toBe('TransferAutoCancelled');
        const late = await desk.tryOn(receiving.registrar, 'callUpFile', 'CallUpFileInput', {
          ...{ transfer: id, expectedVersion: before.version, reportedOn: '2026-09-16' },
        });
        expect(late.errors.map(({ extensions }) => extensions.code)).toEqual(['VERSION_CONFLICT']);
        expect(codes(await desk.callUp(receiving.registrar, cancelled, '2026-09-16'))).toEqual([
          'CASE_ENDED',
        ]);
      },
    );

    test(holds('TRF-34', 'is never purged in that phase, however long ago it was started'), async () => {
      const begun = await desk.started(await desk.fromBeiguan(), receiving, {
        kind: 'CROSS_PROVINCE_TRANSFER',
        appliedOn: '2026-09-02',
      });
      await desk.approve(beiguanSchool, begun);
      await desk.approve(beiguan, begun);
      await moveTo('2026-12-15T12:00:00');
      const last = await seen(begun.id);
      expect(last.state).toBe('AUTHORITIES_REVIEW');
      const waiting = await desk.approve(yingze, begun);
      expect(waiting).toMatchObject({ state: 'AWAIT_REPORTING', purgeOn: null });
      await moveTo('2026-12-20T12:00:00');
      expect((await seen(begun.id)).state).toBe('AWAIT_REPORTING');
    });
  });
});
