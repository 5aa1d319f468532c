import { caseDeskOf } from '#test/service/enrollment/case-desk.ts';
import { mergingOf } from '#test/service/enrollment/merging.ts';
import {
  type Pupil,
  receiving,
  sending,
  third,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type ArchiveDesk, archiveDeskOf, codesOf } from './archive-desk.ts';

/** Who keeps an archive, as the year goes on. */
describe('the custody of an archive', () => {
  let registry: Registry;
  let desk: ArchiveDesk;
  let late: Pupil;
  let away: Pupil;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = archiveDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  /** A pupil whose registration has moved to the receiving school. */
  const moved = async (): Promise<Pupil> => {
    const { transfers } = desk;
    const child = await transfers.pupil();
    const begun = await transfers.nearlyApproved(child);
    await registry.settled();
    await transfers.approve(yingze, begun);
    await transfers.atRest();
    await registry.settled();
    return child;
  };
  const told = async (person: string): Promise<string[]> =>
    (
      await desk.counter.rows<{ type: string }>(
        'archive',
        `select e.type from event_log e join archive a on e.aggregate_id = 'archive:' || a.archive_id
         where a.person_id = $1 order by e.version`,
        [person],
      )
    ).map(({ type }) => type);

  test(
    holds('ARC-08', 'follows the registration to the receiving school, and a copy stays behind'),
    async () => {
      const { person } = await moved();
      expect(await desk.seen(receiving.registrar, person)).toMatchObject({
        ...{ state: 'OWED', custodian: { code: sending.school }, school: { id: receiving.school } },
        handOver: { to: { code: receiving.school }, reason: 'TRANSFER', dueOn: '2026-10-02', overdue: false },
      });
      expect(await desk.waiting(sending.registrar, { mine: true })).toContain(person);
      const passed = await desk.step(sending.registrar, 'handOverArchive', person);
      expect(passed).toMatchObject({ findings: [], archive: { state: 'ON_ITS_WAY' } });
      expect(passed.archive?.custodian.code).toBe(sending.school);
      expect(await desk.waiting(receiving.registrar, { mine: true })).toContain(person);
      const { archive } = await desk.step(receiving.registrar, 'acceptArchive', person);
      expect(archive).toMatchObject({
        ...{ state: 'KEPT', custodian: { code: receiving.school }, handOver: null, intact: true },
      });
      await registry.settled();
      const events = await told(person);
      expect(events[0]).toBe('ArchiveEstablished');
      expect(events.filter((type) => type === 'ArchiveEntryAdded')).toHaveLength(3);
      expect(events).toContain('ArchiveBackupStored');
      expect(events).toContain('ArchiveTransferOwed');
      expect(events.slice(-2)).toEqual(['ArchiveTransferStarted', 'ArchiveTransferred']);
    },
  );

  test(holds('ARC-11', 'is continued where it has come to, on what was received'), async () => {
    const { person } = await moved();
    const award = { student: person, level: 'SCHOOL', title: '优秀', awardedOn: '2026-09-02' };
    const early = await desk.order(receiving.registrar, 'recordAward', 'RecordAwardInput', award);
    expect(codesOf(early)).toEqual(['null REJECT ARCHIVE_KEPT_ELSEWHERE']);
    await desk.step(sending.registrar, 'handOverArchive', person);
    await desk.step(receiving.registrar, 'acceptArchive', person);
    const { archive } = await desk.order(receiving.registrar, 'recordAward', 'RecordAwardInput', award);
    expect(
      archive?.sections.flatMap(({ entries }) => entries.map(({ change, kind }) => change ?? kind)),
    ).toEqual(['REGISTERED', 'TRANSFERRED', 'TRANSFERRED', 'AWARD']);
    const again = await desk
      .order(sending.registrar, 'recordAward', 'RecordAwardInput', award)
      .catch(() => null);
    expect(again).toBeNull();
  });

  test(breaks('ARC-08', 'is passed on and accepted by nobody else, and not twice'), async () => {
    const { person } = await moved();
    expect(codesOf(await desk.step(receiving.registrar, 'acceptArchive', person))).toEqual([
      'null REJECT NOTHING_TO_ACCEPT',
    ]);
    expect(codesOf(await desk.step(receiving.registrar, 'handOverArchive', person))).toEqual([
      'null REJECT ARCHIVE_KEPT_ELSEWHERE',
    ]);
    expect(codesOf(await desk.step(xiaodian.registrar, 'handOverArchive', person))).toEqual([
      'null REJECT ARCHIVE_KEPT_ELSEWHERE',
    ]);
    await desk.step(sending.registrar, 'handOverArchive', person);
    expect(codesOf(await desk.step(sending.registrar, 'handOverArchive', person))).toEqual([
      'null REJECT NOTHING_TO_HAND_OVER',
    ]);
    const back = await desk.step(receiving.registrar, 'sendBackArchive', person);
    expect(back.archive?.state).toBe('OWED');
    const { version } = await desk.seen(sending.registrar, person);
    const older = await desk.tryOn(sending.registrar, 'handOverArchive', 'ArchiveHandOverInput', {
      ...{ student: person, expectedVersion: version - 1 },
    });
    expect(older.errors.map(({ extensions }) => extensions.code)).toEqual(['VERSION_CONFLICT']);
  });

  test(
    holds('ARC-09', 'leaves at the school left behind what it held, and not what comes after'),
    async () => {
      const { person } = await moved();
      await desk.step(sending.registrar, 'handOverArchive', person);
      await desk.step(receiving.registrar, 'acceptArchive', person);
      await desk.order(receiving.registrar, 'recordAward', 'RecordAwardInput', {
        ...{ student: person, level: 'SCHOOL', title: '优秀', awardedOn: '2026-09-02' },
      });
      const kept = await desk.counter.rows<{ entry: number; content_hash: string }>(
        'archive',
        `select c.entry, c.content_hash from archive_copy_entry c join archive_entry e using (person_id, entry, content_hash)
       where c.person_id = $1 and c.unit = $2 order by c.entry`,
        [person, sending.school],
      );
      expect(kept.map(({ entry }) => entry)).toEqual([1, 2, 3]);
      const copies = desk.desk.answered(
        await desk.desk.ask<{ archiveCopies: unknown }>(
          sending.head,
          'query ($id: ID!) { archiveCopies(student: $id) { unit entries intact held { change } } }',
          { id: person },
        ),
      ).archiveCopies;
      const held = ['REGISTERED', 'TRANSFERRED', 'TRANSFERRED'].map((change) => ({ change }));
      expect(copies).toEqual([{ unit: sending.school, entries: 3, intact: true, held }]);
      expect((await desk.seen(yingze.head, person)).copies).toEqual([]);
      expect(await desk.asEntity(sending.head, person)).toBeNull();
    },
  );

  test(breaks('ARC-09', 'does not leave a school that keeps no copy'), async () => {
    const { person } = await moved();
    await desk.counter.change('archive', `update archive_copy set unit = 'nowhere' where person_id = $1`, [
      person,
    ]);
    expect(codesOf(await desk.step(sending.registrar, 'handOverArchive', person))).toEqual([
      'ARC-09 HOLD SOURCE_BACKUP_MISSING',
    ]);
  });

  test(holds('ARC-20', 'goes up to the authority with a student who leaves the country'), async () => {
    away = await desk.transfers.pupil();
    const cases = caseDeskOf(registry);
    const document = await cases.paper(sending.registrar, 'TRAVEL_DOCUMENT', 'NATION');
    const [row] = await desk.counter.rows<{ version: number }>(
      'enrollment',
      'select version from pupil where person_id = $1',
      [away.person],
    );
    let left = await cases.after(
      cases.request(sending.registrar, 'markAbroad', 'AbroadInput', {
        ...{ enrollment: away.enrollment, expectedVersion: row?.version, leavesOn: '2026-09-05' },
        evidence: [document],
      }),
    );
    left = await cases.after(cases.decide(sending.head, left, 'APPROVE'));
    if (left.state === 'RUNNING') {
      left = await cases.after(cases.handle(xiaodian.registrar, left));
      left = await cases.after(cases.decide(xiaodian.head, left, 'APPROVE'));
    }
    await registry.settled();
    expect(await desk.seen(sending.registrar, away.person)).toMatchObject({
      handOver: { to: { kind: 'AUTHORITY', code: '140105' }, reason: 'ABROAD', dueOn: '2026-10-02' },
    });
    await desk.step(sending.registrar, 'handOverArchive', away.person);
    const { archive } = await desk.step(xiaodian.registrar, 'acceptArchive', away.person);
    expect(archive).toMatchObject({ state: 'WITH_AUTHORITY', custodian: { code: '140105' } });
  });

  test(holds('ARC-10', 'is in time on the last day of the month'), async () => {
    late = await moved();
    registry.clock.moveTo('2026-10-02T23:00:00+08:00');
    await registry.network.service('archive').atRest();
    expect((await desk.seen(sending.registrar, late.person)).findings).toEqual([]);
    expect(await desk.waiting(sending.registrar, { overdue: true })).toEqual([]);
  });

  test(breaks('ARC-10', 'is on record from the next day on, once, and may still be passed on'), async () => {
    registry.clock.moveTo('2026-10-03T09:00:00+08:00');
    await registry.network.service('archive').atRest();
    await registry.network.service('archive').atRest();
    await registry.settled();
    const archive = await desk.seen(sending.registrar, late.person);
    expect(codesOf(archive)).toEqual([
      'ARC-10 RECORD ARCHIVE_TRANSFER_OVERDUE',
      'ARC-08 RECORD ARCHIVE_NOT_TRANSFERRED',
    ]);
    expect(archive.handOver?.overdue).toBe(true);
    expect((await told(late.person)).filter((type) => type === 'ArchiveTransferOverdue')).toHaveLength(1);
    expect(await desk.waiting(sending.registrar, { overdue: true })).toContain(late.person);
    const passed = await desk.step(sending.registrar, 'handOverArchive', late.person);
    expect(codesOf(passed)).toEqual(['ARC-10 RECORD ARCHIVE_TRANSFER_OVERDUE']);
    expect(passed.archive?.state).toBe('ON_ITS_WAY');
  });

  test(holds('ARC-13', 'passes whole to the school that goes on after a merger'), async () => {
    const child = await desk.transfers.pupil();
    const gone = await moved();
    await desk.step(sending.registrar, 'handOverArchive', gone.person);
    await desk.step(receiving.registrar, 'acceptArchive', gone.person);
    const merging = mergingOf(registry);
    await merging.merge({ standing: third.school, ending: [sending.school], from: '2026-10-12' });
    registry.clock.moveTo('2026-10-12T09:00:00+08:00');
    for (let round = 0; round < 3; round++) {
      await registry.network.service('enrollment').atRest();
      await registry.settled();
    }
    expect((await merging.school(sending.school)).state).toBe('MERGED');
    const archive = await desk.seen(third.registrar, child.person);
    expect(archive).toMatchObject({ state: 'KEPT', custodian: { code: third.school }, intact: true });
    const left = await desk.counter.rows<{ n: number }>(
      'archive',
      'select count(*)::int as n from archive where custodian = $1 or owed_to = $1 or $1 = any(copies)',
      [sending.school],
    );
    expect(left).toEqual([{ n: 0 }]);
    const copies = await desk.counter.rows<{ copies: string[] }>(
      'archive',
      'select copies from archive where person_id = $1',
      [gone.person],
    );
    expect(copies).toEqual([{ copies: [third.school] }]);
  });
});
