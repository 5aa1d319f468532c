import type { Desk } from '#test/service/enrollment/case-desk.ts';
import { graduateOf, schoolOf } from '#test/service/transfer/graduates.ts';
import {
  beiguan,
  codes,
  type Pupil,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';

/** Graduates of Beiguan go on in Taiyuan, in each of the two windows of the year; tests follow one another in time. */
describe('a graduate goes on in another province', () => {
  let registry: Registry;
  let desk: TransferDesk;
  let junior: { school: string; registrar: Desk; head: Desk };
  let graduates: Pupil[];

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, start: '2026-08-14T23:00:00+08:00' });
    desk = transferDeskOf(registry);
    junior = await schoolOf(desk, '140106', 'JUNIOR');
    graduates = [];
    for (let n = 0; n < 4; n++) graduates.push(await graduateOf(desk));
  });
  afterAll(() => registry?.stop());

  const study = { kind: 'CROSS_PROVINCE_STUDY', stage: 'JUNIOR', grade: 1, reason: null, evidence: [] };
  const taken = { admission: { meetsPolicy: true, inPlan: true } };
  const child = (index: number): Pupil => {
    const found = graduates[index];
    if (found === undefined) throw new Error('There is no such graduate');
    return found;
  };
  const asked = (index: number, appliedOn: string) =>
    desk.initiate(junior, child(index), { ...study, appliedOn });
  const today = () => registry.clock.today();
  /** From the start to the pupil in school in Taiyuan. */
  const goesOn = async (index: number) => {
    const begun = await desk.started(child(index), junior, { ...study, appliedOn: today() });
    await desk.approve(yingze, begun, taken);
    const waiting = await desk.approve(beiguan, begun);
    await desk.after(desk.callUp(junior.registrar, waiting, today()));
    await desk.atRest();
    return desk.seen(junior.head, begun.id);
  };

  test(breaks('TRF-38', 'not yet in the last hour of 14 August'), async () => {
    expect(codes(await asked(0, '2026-08-14'))).toEqual(['CROSS_PROVINCE_STUDY_WINDOW_CLOSED']);
  });

  test(holds('TRF-38', 'from 15 August 00:00 on, and is in school there in September'), async () => {
    registry.clock.moveTo('2026-08-15T00:00:00+08:00');
    expect((await goesOn(0)).state).toBe('HANDED_OVER');
    expect(await desk.registrationOf(child(0).person)).toMatchObject({
      ...{ school: junior.school, status: 'IN_SCHOOL' },
    });
  });

  test(breaks('TRF-38', 'no more from 15 December 00:00 until the end of February'), async () => {
    for (const instant of ['2026-12-15T00:00:00', '2027-02-28T23:59:59']) {
      registry.clock.moveTo(`${instant}+08:00`);
      expect(codes(await asked(1, instant.slice(0, 10)))).toEqual(['CROSS_PROVINCE_STUDY_WINDOW_CLOSED']);
    }
  });

  test(holds('TRF-38', 'again from 1 March 00:00 to the end of May'), async () => {
    registry.clock.moveTo('2027-03-01T00:00:00+08:00');
    expect((await goesOn(1)).state).toBe('HANDED_OVER');
  });

  test(holds('TRF-38', 'a case that is started in the last second of May goes on after it'), async () => {
    registry.clock.moveTo('2027-05-31T23:59:59+08:00');
    const begun = await desk.started(child(2), junior, { ...study, appliedOn: '2027-05-31' });
    registry.clock.moveTo('2027-06-01T00:00:00+08:00');
    expect((await desk.approve(yingze, begun, taken)).state).toBe('SOURCE_COUNTY_REVIEW');
    expect((await desk.approve(beiguan, begun)).state).toBe('AWAIT_REPORTING');
    expect(codes(await asked(3, '2027-06-01'))).toEqual(['CROSS_PROVINCE_STUDY_WINDOW_CLOSED']);
  });
});
