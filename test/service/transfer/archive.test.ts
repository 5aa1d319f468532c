import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import {
  codes,
  type Pupil,
  receiving,
  sending,
  type TransferDesk,
  transferDeskOf,
  yingze,
} from './transfer-desk.ts';

/** What the archive says of a pupil: a measure in force, and the backup of the school that is left. */
describe('a transfer and the archive of its pupil', () => {
  let registry: Registry;
  let desk: TransferDesk;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = transferDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const tell = ({ person }: Pupil, { underDiscipline = false, backedUp = true }) =>
    desk.counter.change(
      'transfer',
      `insert into archive_stand_in (person_id, version, under_discipline, backed_up) values ($1, 1, $2, $3)
       on conflict (person_id) do update set version = archive_stand_in.version + 1,
         under_discipline = excluded.under_discipline, backed_up = excluded.backed_up`,
      [person, underDiscipline, backedUp],
    );
  const seen = (id: string) => desk.seen(receiving.head, id);
  let minute = 0;
  /** Until the worker looks at what waits. */
  const laterOn = async () => {
    registry.clock.moveTo(`2026-09-02T10:${String(++minute * 2).padStart(2, '0')}:00+08:00`);
    await desk.atRest();
  };

  test(breaks('TRF-19', 'is not put together for a pupil under a disciplinary measure'), async () => {
    const child = await desk.pupil();
    await tell(child, { underDiscipline: true });
    const answer = await desk.initiate(receiving, child);
    expect(answer.transfer).toBeNull();
    expect(answer.findings).toMatchObject([{ ruleId: 'TRF-19', code: 'UNDER_DISCIPLINE' }]);
  });

  test(breaks('TRF-19', 'does not pass the last approval once there is one'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await tell(child, { underDiscipline: true });
    const handled = await desk.after(desk.handle(yingze.registrar, await desk.seen(yingze.head, begun.id)));
    expect(codes(await desk.decide(yingze.head, handled, 'APPROVE'))).toEqual(['UNDER_DISCIPLINE']);
    await tell(child, { underDiscipline: false });
    await desk.after(desk.decide(yingze.head, handled, 'APPROVE'));
    await desk.atRest();
    expect((await seen(begun.id)).state).toBe('HANDED_OVER');
  });

  test(
    breaks('TRF-40', 'waits, however many have approved, until the sending school’s backup is stored'),
    async () => {
      const child = await desk.pupil();
      const begun = await desk.nearlyApproved(child);
      await tell(child, { backedUp: false });
      await desk.approve(yingze, begun);
      await laterOn();
      const waiting = await seen(begun.id);
      expect(waiting).toMatchObject({
        state: 'APPROVED',
        blockers: [{ finding: { code: 'SOURCE_BACKUP_MISSING' } }],
      });
      expect((await desk.registrationOf(child.person))?.school).toBe(sending.school);
    },
  );

  test(holds('TRF-40', 'is tried again, and goes on when it is'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await tell(child, { backedUp: false });
    await desk.approve(yingze, begun);
    await laterOn();
    expect((await seen(begun.id)).state).toBe('APPROVED');
    await tell(child, { backedUp: true });
    await laterOn();
    expect(await seen(begun.id)).toMatchObject({ state: 'HANDED_OVER', blockers: [] });
    expect((await desk.registrationOf(child.person))?.school).toBe(receiving.school);
  });

  test(breaks('TRF-19', 'ends with a measure that is taken while it waits to move'), async () => {
    const child = await desk.pupil();
    const begun = await desk.nearlyApproved(child);
    await tell(child, { backedUp: false });
    await desk.approve(yingze, begun);
    await laterOn();
    await tell(child, { underDiscipline: true });
    await laterOn();
    expect(await seen(begun.id)).toMatchObject({
      state: 'REJECTED',
      findings: [{ code: 'UNDER_DISCIPLINE' }],
    });
    expect((await desk.registrationOf(child.person))?.school).toBe(sending.school);
    expect(await desk.placeOf(begun.id)).toBe('RELEASED');
  });
});
