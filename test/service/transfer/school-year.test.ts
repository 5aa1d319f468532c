import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { graduate } from './graduates.ts';
import {
  homes,
  type Pupil,
  receiving,
  sending,
  type TransferDesk,
  transferDeskOf,
  xiaodian,
  yingze,
} from './transfer-desk.ts';

/** What the end of a school year does to a transfer that runs; tests follow one another in time. */
describe('a transfer at the turn of the school year', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true, start: '2026-07-10T09:00:00+08:00' });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const moveTo = async (instant: string) => {
    registry.clock.moveTo(`${instant}+08:00`);
    await desk.atRest();
  };
  const seen = (id: string) => desk.seen(receiving.head, id);
  const applied = { appliedOn: '2026-07-10' };
  const reason = { note: '放假前已申请，已核实，同意受理。' };
  /** Pupils who entered then are in the second and in the sixth grade until August. */
  const [second, sixth] = [2024, 2020];
  const started = (child: Pupil, grade: number) => desk.started(child, receiving, { ...applied, grade });
  const finish = async (id: string) => {
    await desk.approve(sending, { id });
    await desk.approve(xiaodian, { id }, reason);
    return desk.approve(yingze, { id }, reason);
  };

  let running = '';
  let pupil: Pupil;

  test(breaks('ENR-31', 'is purged where its pupil graduates before it is finished'), async () => {
    const child = await desk.pupil(sixth);
    const begun = await started(child, 6);
    registry.clock.moveTo('2026-07-10T09:30:00+08:00');
    await graduate(desk, [child], homes.xiaodian);
    await registry.settled();
    await desk.atRest();
    const purged = await seen(begun.id);
    expect(purged).toMatchObject({ state: 'PURGED', findings: [{ code: 'PURGED_BY_GRADUATION' }] });
    expect(await desk.placeOf(begun.id)).toBe('RELEASED');
    expect((await desk.eventsOf(begun.id)).at(-1)).toBe('TransferPurged');
    expect(await desk.registrationOf(child.person)).toMatchObject({
      status: 'GRADUATED',
      school: sending.school,
    });
  });

  test(holds('ENR-31', 'is finished before the graduation operation and purged by none'), async () => {
    const child = await desk.pupil(sixth);
    const begun = await started(child, 6);
    await finish(begun.id);
    await desk.atRest();
    expect((await seen(begun.id)).state).toBe('HANDED_OVER');
    const there = { school: receiving.school, county: 'yingze', form: {} };
    await graduate(desk, [child], there);
    await registry.settled();
    await desk.atRest();
    expect((await seen(begun.id)).state).toBe('HANDED_OVER');
    expect(await desk.registrationOf(child.person)).toMatchObject({
      status: 'GRADUATED',
      school: receiving.school,
    });
  });

  test(
    holds('ENR-29', 'goes on in the grade in which it began, up to the last second of 10 August'),
    async () => {
      pupil = await desk.pupil(second);
      const begun = await started(pupil, 2);
      running = begun.id;
      await desk.approve(sending, begun);
      await moveTo('2026-08-10T23:59:59');
      expect(await seen(running)).toMatchObject({ state: 'AUTHORITIES_REVIEW', grade: 2 });
    },
  );

  test(
    breaks('ENR-29', 'is neither stopped nor left behind by the promotion: it leads one grade higher'),
    async () => {
      await moveTo('2026-08-11T00:00:00');
      expect(await seen(running)).toMatchObject({ state: 'AUTHORITIES_REVIEW', grade: 3 });
      expect(await desk.eventsOf(running)).toContain('TransferGradeRemapped');
      await desk.approve(xiaodian, { id: running }, reason);
      await desk.approve(yingze, { id: running }, reason);
      await desk.atRest();
      expect(await seen(running)).toMatchObject({ state: 'HANDED_OVER', grade: 3 });
      const [row] = await desk.counter.rows<{ school: string; entry: number }>(
        'enrollment',
        'select school, entry_year_adj as entry from enrollment where person_id = $1 and active',
        [pupil.person],
      );
      expect(row).toEqual({ school: receiving.school, entry: second });
      expect((await desk.eventsOf(running)).filter((type) => type === 'TransferGradeRemapped')).toHaveLength(
        1,
      );
    },
  );

  test('that nobody started before the promotion is started after it in the next grade', async () => {
    await moveTo('2026-08-11T09:00:00');
    const child = await desk.pupil(second);
    const draft = await desk.initiate(receiving, child, { ...applied, grade: 3 });
    expect(draft.findings.map(({ code }) => code)).toContain('TRANSFER_INITIATION_SUSPENDED');
  });
});
