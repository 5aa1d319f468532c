import { randomUUID } from 'node:crypto';
import { releasePlace } from '#libs/contracts/commands/hand-over-registration.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  receiving,
  sending,
  type Transfer,
  type TransferDesk,
  third,
  transferDeskOf,
  yingze,
} from './transfer-desk.ts';

/** The place that a start holds is enrollment's, the case that it is held for is not: neither outlives the other. */
describe('the place of a start that did not come to be', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** The version of a case; after the largest there is no next one that could be written. */
  const setVersion = ({ id }: Pick<Transfer, 'id'>, version: number) =>
    desk.counter.change('transfer', 'update transfer_case set version = $2 where case_id = $1', [
      id,
      version,
    ]);
  const largest = 2 ** 31 - 1;
  const start = (draft: Transfer) =>
    desk.tryOn(receiving.head, 'decideTransferStep', 'DecideTransferStepInput', {
      ...{ transfer: draft.id, expectedVersion: draft.version, decision: 'APPROVE' },
    });

  test(breaks('TRF-09', 'is given back at once where the start could not be written'), async () => {
    const draft = await desk.after(desk.initiate(receiving, await desk.pupil()));
    await setVersion(draft, largest);
    expect((await start({ ...draft, version: largest })).errors).toHaveLength(1);
    expect(await desk.placeOf(draft.id)).toBe('RELEASED');
    await setVersion(draft, draft.version);
    expect((await desk.after(desk.decide(receiving.head, draft, 'APPROVE'))).state).toBe(
      'SOURCE_SCHOOL_REVIEW',
    );
    expect(await desk.placeOf(draft.id)).toBe('HELD');
  });

  test(breaks('TRF-09', 'is not given back by orders of others, while a start is on its way'), async () => {
    const draft = await desk.after(desk.initiate(receiving, await desk.pupil()));
    const noteOf = async () =>
      (
        await desk.counter.rows<{ by: string | null }>(
          'transfer',
          'select place_asked_by as by from transfer_case where case_id = $1 and place_asked_at is not null',
          [draft.id],
        )
      )[0]?.by;
    const by = randomUUID();
    await desk.counter.change(
      'transfer',
      'update transfer_case set place_asked_at = $2, place_asked_by = $3 where case_id = $1',
      [draft.id, registry.clock.now(), by],
    );
    const orders = [third.head, sending.head].flatMap((who) =>
      [draft.version, draft.version + 1].map((expectedVersion) =>
        desk.tryOn(who, 'decideTransferStep', 'DecideTransferStepInput', {
          ...{ transfer: draft.id, expectedVersion, decision: 'APPROVE' },
        }),
      ),
    );
    for (const { data } of await Promise.all(orders))
      expect(data?.decideTransferStep?.transfer ?? null).toBeNull();
    expect(await noteOf()).toBe(by);
    await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
    expect(await noteOf()).toBeUndefined();
    expect(await desk.placeOf(draft.id)).toBe('HELD');
  });

  test(breaks('TRF-09', 'is found and given back where nobody could do so at once'), async () => {
    const draft = await desk.after(desk.initiate(receiving, await desk.pupil()));
    const begun = await desk.after(desk.decide(receiving.head, draft, 'APPROVE'));
    expect(await desk.placeOf(begun.id)).toBe('HELD');
    await desk.counter.change(
      'transfer',
      `update transfer_case set state = 'DRAFT', started_at = null, place_asked_at = $2 where case_id = $1`,
      [draft.id, registry.clock.now()],
    );
    await desk.atRest();
    expect(await desk.placeOf(draft.id)).toBe('HELD');
    registry.clock.moveTo('2026-09-02T09:01:00+08:00');
    await desk.atRest();
    expect(await desk.placeOf(draft.id)).toBe('RELEASED');
  });

  test(holds('TRF-09', 'and that of a start which came to be is given back by nobody'), async () => {
    const begun = await desk.started(await desk.pupil());
    const again = await desk.tryOn(receiving.head, 'decideTransferStep', 'DecideTransferStepInput', {
      ...{ transfer: begun.id, expectedVersion: 1, decision: 'APPROVE' },
    });
    expect(again.errors.map(({ extensions }) => extensions.code)).toEqual(['VERSION_CONFLICT']);
    registry.clock.moveTo('2026-09-02T09:30:00+08:00');
    await desk.atRest();
    expect(await desk.placeOf(begun.id)).toBe('HELD');
  });

  test('costs a decision no question to other services unless the case is judged with it', async () => {
    const begun = await desk.started(await desk.pupil());
    const asked: string[] = [];
    const { bus } = desk.service().core;
    const request = bus.request;
    bus.request = (subject, payload, timeout) => {
      // A log is read again whenever an event is late, whatever anybody decides.
      if (!subject.startsWith('log.')) asked.push(subject);
      return request(subject, payload, timeout);
    };
    try {
      const handled = await desk.after(desk.handle(sending.registrar, begun));
      await desk.after(desk.decide(sending.head, handled, 'APPROVE'));
      expect(asked.filter((subject) => subject.startsWith('enrollment.'))).toEqual([]);
      const last = await desk.after(desk.handle(yingze.registrar, await desk.seen(yingze.head, begun.id)));
      await desk.after(desk.decide(yingze.head, last, 'APPROVE'));
      expect(
        asked.filter((subject) => subject !== releasePlace.subject && !subject.startsWith('log.')),
      ).toEqual([]);
    } finally {
      bus.request = request;
    }
  });
});
