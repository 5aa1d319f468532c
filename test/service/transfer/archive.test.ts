import { randomUUID } from 'node:crypto';
import { ArchiveBackupStored } from '#libs/contracts/events/archive.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
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

  /** Lays in the archive, or takes back, what stands against a transfer. */
  const tell = async (
    { person }: Pupil,
    { underDiscipline = false, backedUp = true }: { underDiscipline?: boolean; backedUp?: boolean },
  ) => {
    await registry.settled();
    const change = (text: string, more: unknown[] = []) =>
      desk.counter.change('archive', text, [person, ...more]);
    await change('update archive_measure set revoked_on = decided_on where person_id = $1');
    await change(
      `update archive_transfer_backup b set unit = case when $2::boolean then a.school else 'nowhere' end
       from archive a where b.person_id = $1 and a.person_id = $1`,
      [backedUp],
    );
    await change('update archive set standing = standing + 1 where person_id = $1');
    if (!underDiscipline) return;
    const input = { student: person, level: 'DEMERIT', decidedOn: '2026-09-01', endsOn: '2027-02-28' };
    const { findings } = desk.desk.answered(
      await desk.desk.ask<{ recordDiscipline: { findings: { code: string }[] } }>(
        sending.head,
        'mutation ($input: RecordDisciplineInput!) { recordDiscipline(input: $input) { findings { code } } }',
        { input: { idempotencyKey: randomUUID(), ...input } },
      ),
    ).recordDiscipline;
    expect(findings).toEqual([]);
  };
  type Facts = { archive: string; school: string; place: number; province: string };

  /** The archive tells, as it does with each copy that it stores. */
  const stored = async ({ person }: Pupil) => {
    const { worker, clock, wakeRelay } = registry.network.service('archive').core;
    await asWorker(worker, async (tx) => {
      const { events, ...facts } = await queryOne<Facts & { events: number }>(
        tx,
        `update archive set version = version + 1, events = events + 1 where person_id = $1
         returning archive_id as archive, school, target_place::float8 as place, province, events`,
        [person],
      );
      await recordEvents(tx, clock.now(), [
        recorded(ArchiveBackupStored, `archive:${facts.archive}`, events, {
          ...{ ...facts, person, unit: facts.school, entries: 1 },
        }),
      ]);
    });
    wakeRelay();
    await registry.settled();
    await desk.atRest();
  };
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

  test(
    holds('TRF-40', 'goes on as soon as the archive tells that it is stored, whatever the clock says'),
    async () => {
      const child = await desk.pupil();
      const begun = await desk.nearlyApproved(child);
      await tell(child, { backedUp: false });
      await desk.approve(yingze, begun);
      await desk.atRest();
      expect(await seen(begun.id)).toMatchObject({ state: 'APPROVED' });
      await tell(child, { backedUp: true });
      await desk.atRest();
      expect(await seen(begun.id)).toMatchObject({ state: 'APPROVED' });
      await stored(child);
      expect(await seen(begun.id)).toMatchObject({ state: 'HANDED_OVER' });
    },
  );

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
