import {
  beiguan,
  beiguanSchool,
  codes,
  receiving,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** The last second before the summer stop and the first one of it; tests follow one another in time. */
describe('a transfer at the beginning of the summer stop', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let inTime: Transfer;
  let late: Transfer;
  const across = { kind: 'CROSS_PROVINCE_TRANSFER', appliedOn: '2026-07-14' };
  const reason = { note: '放假前已申请，已核实，同意受理。' };

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, start: '2026-07-14T09:00:00+08:00' });
    desk = transferDeskOf(registry);
    const [one, other] = [await desk.fromBeiguan(2024), await desk.fromBeiguan(2024)];
    inTime = await desk.after(desk.initiate(receiving, one, across));
    late = await desk.after(desk.initiate(receiving, other, across));
  });
  afterAll(() => registry?.stop());

  test(holds('TRF-08', 'is started at 23:59:59 on 14 July'), async () => {
    registry.clock.moveTo('2026-07-14T23:59:59+08:00');
    expect((await desk.after(desk.decide(receiving.head, inTime, 'APPROVE'))).state).toBe(
      'SOURCE_SCHOOL_REVIEW',
    );
  });

  test(breaks('TRF-08', 'is started no more at 00:00 on 15 July'), async () => {
    registry.clock.moveTo('2026-07-15T00:00:00+08:00');
    expect(codes(await desk.decide(receiving.head, late, 'APPROVE'))).toContain(
      'TRANSFER_INITIATION_SUSPENDED',
    );
    expect(await desk.placeOf(late.id)).toBeUndefined();
  });

  test('and the one that was started goes on through the stop to its end', async () => {
    await desk.approve(beiguanSchool, inTime);
    await desk.approve(beiguan, inTime);
    registry.clock.moveTo('2026-07-20T09:00:00+08:00');
    const waiting = await desk.approve(yingze, inTime, reason);
    await desk.after(desk.callUp(receiving.registrar, waiting, '2026-07-20'));
    await desk.atRest();
    expect((await desk.seen(receiving.head, inTime.id)).state).toBe('HANDED_OVER');
  });

  test(breaks('TRF-08', 'no other is put together until 24:00 on 14 August'), async () => {
    registry.clock.moveTo('2026-08-14T23:59:59+08:00');
    const child = await desk.fromBeiguan(2024);
    const refused = await desk.initiate(receiving, child, { ...across, appliedOn: '2026-08-14', grade: 3 });
    expect(codes(refused)).toContain('TRANSFER_INITIATION_SUSPENDED');
    registry.clock.moveTo('2026-08-15T00:00:00+08:00');
    const begun = await desk.initiate(receiving, child, { ...across, appliedOn: '2026-08-15', grade: 3 });
    expect(begun.transfer?.state).toBe('DRAFT');
  });
});
