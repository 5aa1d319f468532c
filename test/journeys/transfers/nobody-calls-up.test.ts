import {
  beiguan,
  beiguanSchool,
  type Pupil,
  receiving,
  type Transfer,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** Everybody approves, and the child never comes to Taiyuan: W-10 without a call-up. */
describe('a pupil of Beiguan whom nobody calls up', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let child: Pupil;
  let transfer: Transfer;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
    child = await desk.fromBeiguan();
    const begun = await desk.started(child, receiving, { kind: 'CROSS_PROVINCE_TRANSFER' });
    await desk.approve(beiguanSchool, begun);
    await desk.approve(beiguan, begun);
    registry.clock.moveTo('2026-09-21T16:30:00+08:00');
    // The last step is late by then, which goes on record first.
    await desk.atRest();
    transfer = await desk.approve(yingze, begun);
  });
  afterAll(() => registry?.stop());

  const seen = () => desk.seen(receiving.registrar, transfer.id);
  const moveTo = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };

  test('ten working days are counted over the holiday of October', async () => {
    expect(transfer.callUp?.deadline).toEqual({ on: '2026-10-12', provisional: false });
  });

  test(holds('TRF-33', 'until the end of the last of them the school may still call up'), async () => {
    await moveTo('2026-10-12T23:59:59');
    expect(await seen()).toMatchObject({ state: 'AWAIT_REPORTING', allowedActions: ['CALL_UP'] });
  });

  test(
    breaks('TRF-33', 'then the case is cancelled by itself; the registration never left Beiguan'),
    async () => {
      await moveTo('2026-10-13T00:00:00');
      expect(await seen()).toMatchObject({
        state: 'AUTO_CANCELLED',
        findings: [{ code: 'CALL_UP_EXPIRED' }],
      });
      expect(await desk.registrationOf(child.person)).toMatchObject({
        ...{ school: beiguanSchool.school, status: 'IN_SCHOOL' },
      });
      expect(await desk.placeOf(transfer.id)).toBe('RELEASED');
    },
  );

  test('and the child may come after all, by a case that is started anew', async () => {
    const again = await desk.initiate(receiving, child, {
      kind: 'CROSS_PROVINCE_TRANSFER',
      appliedOn: '2026-10-13',
    });
    expect(again.transfer?.state).toBe('DRAFT');
  });
});
