import { randomUUID } from 'node:crypto';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
  third,
  transferDeskOf,
} from './transfer-desk.ts';

/** What stands before the start: it is no case of the law yet and stands in nobody's way. */
describe('the draft of a transfer', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const discard = (who: Parameters<TransferDesk['order']>[0], { id, version }: Transfer) =>
    desk.order(who, 'discardTransferDraft', 'DiscardTransferDraftInput', {
      ...{ transfer: id, expectedVersion: version },
    });

  test(
    holds('TRF-01', 'of one school does not keep another from drafting, and the first start wins'),
    async () => {
      const child = await desk.pupil();
      const first = await desk.after(desk.initiate(receiving, child));
      const second = await desk.after(desk.initiate(third, child));
      await desk.after(desk.decide(third.head, second, 'APPROVE'));
      const late = await desk.decide(receiving.head, first, 'APPROVE');
      expect(late.transfer).toBeNull();
      expect(codes(late)).toEqual(['ACTIVE_CASE_EXISTS']);
      expect(JSON.stringify(late)).not.toContain(third.school);
      expect(await desk.seen(receiving.head, first.id)).toMatchObject({
        state: 'DRAFT',
        blockers: [{ finding: { code: 'ACTIVE_CASE_EXISTS' } }],
      });
      expect(await desk.placeOf(first.id)).toBeUndefined();
    },
  );

  test(
    breaks('TRF-01', 'is started by one of two schools at the same moment, and the other holds no place'),
    async () => {
      const child = await desk.pupil();
      const sides = [receiving, third];
      const drafts = await Promise.all(sides.map((by) => desk.after(desk.initiate(by, child))));
      const answers = await Promise.all(
        drafts.map((draft, at) => desk.decide((sides[at] ?? receiving).head, draft, 'APPROVE')),
      );
      expect(answers.filter(({ transfer }) => transfer !== null)).toHaveLength(1);
      expect(answers.flatMap(codes)).toEqual(['ACTIVE_CASE_EXISTS']);
      const held = await Promise.all(drafts.map(({ id }) => desk.placeOf(id)));
      expect(held.filter((state) => state === 'HELD')).toHaveLength(1);
    },
  );

  test('is one for each pupil and school', async () => {
    const child = await desk.pupil();
    await desk.after(desk.initiate(receiving, child));
    const again = await desk.initiate(receiving, child);
    expect(again.transfer).toBeNull();
    expect(codes(again)).toEqual(['TRANSFER_DRAFT_EXISTS']);
  });

  test('is discarded by its own school, which may put another together', async () => {
    const child = await desk.pupil();
    const draft = await desk.after(desk.initiate(receiving, child));
    expect(draft.allowedActions).toEqual(['HANDLE', 'DISCARD', 'HAND_IN']);
    expect(codes(await discard(sending.head, draft))).toEqual(['ONLY_TARGET_SCHOOL_MAY_INITIATE']);
    const gone = await desk.after(discard(receiving.registrar, draft));
    expect(gone).toMatchObject({ state: 'DISCARDED', allowedActions: [] });
    expect((await desk.eventsOf(draft.id)).at(-1)).toBe('TransferDiscarded');
    expect((await desk.initiate(receiving, child)).transfer?.state).toBe('DRAFT');
  });

  test('is not discarded under the key of another order, though both are asked with equal words', async () => {
    const draft = await desk.after(desk.initiate(receiving, await desk.pupil()));
    const words = { idempotencyKey: randomUUID(), transfer: draft.id, expectedVersion: draft.version };
    const who = receiving.registrar;
    await desk.after(desk.order(who, 'handleTransferStep', 'HandleTransferStepInput', words));
    const { errors } = await desk.tryOn(who, 'discardTransferDraft', 'DiscardTransferDraftInput', words);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    const again = await desk.order(who, 'handleTransferStep', 'HandleTransferStepInput', words);
    expect(again.transfer?.id).toBe(draft.id);
  });

  test('is not discarded any more once it has started', async () => {
    const begun = await desk.started(await desk.pupil());
    expect(codes(await discard(receiving.head, begun))).toEqual(['STEP_OUT_OF_ORDER']);
  });

  test('is discarded by the clock after ninety days, and not on the ninetieth', async () => {
    const draft = await desk.after(desk.initiate(receiving, await desk.pupil()));
    expect(draft.purgeOn).toBe('2026-12-01');
    registry.clock.moveTo('2026-12-01T23:59:59+08:00');
    await desk.atRest();
    const waiting = await desk.seen(receiving.head, draft.id);
    expect(waiting.state).toBe('DRAFT');
    // The clock of the four parties begins with the start: nobody is late before it, nor in any report (TRF-03, STA-01).
    expect(waiting.steps.map(({ overdue }) => overdue)).toEqual([false]);
    expect(await desk.list(receiving.head, { overdue: true })).not.toContain(draft.id);
    expect(await desk.eventsOf(draft.id)).toEqual(expect.not.arrayContaining(['StepOverdueRecorded']));
    expect(await desk.eventsOf(draft.id)).toEqual(expect.not.arrayContaining(['StepDueForReport']));
    registry.clock.moveTo('2026-12-02T00:00:00+08:00');
    await desk.atRest();
    expect(await desk.seen(receiving.head, draft.id)).toMatchObject({
      state: 'DISCARDED',
      findings: [{ code: 'TRANSFER_DRAFT_EXPIRED', outcome: 'RECORD' }],
    });
  });
});
