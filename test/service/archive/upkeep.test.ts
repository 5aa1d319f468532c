import { randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  beiguanSchool,
  type Pupil,
  receiving,
  sending,
  xiaodian,
  yingze,
} from '#test/service/transfer/transfer-desk.ts';
import { type Registry, startRegistry } from '#test/support/registry.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type ArchiveDesk, archiveDeskOf, codesOf } from './archive-desk.ts';

/** What is filed by itself, what is printed, and how an archive is kept up to date. */
describe('the upkeep of an archive', () => {
  let registry: Registry;
  let desk: ArchiveDesk;
  let refreshed: string;
  let forgotten: string;

  beforeAll(async () => {
    registry = await startRegistry({ transfers: true });
    desk = archiveDeskOf(registry);
  });
  afterAll(() => registry?.stop());

  const proofsOf = async (person: string, who = sending.registrar) =>
    desk.entriesOf(await desk.seen(who, person), 'PROOFS').map(({ change }) => change);

  const suspended = async (child: Pupil): Promise<void> => {
    const cases = desk.desk;
    const [row] = await desk.counter.rows<{ version: number }>(
      'enrollment',
      'select version from pupil where person_id = $1',
      [child.person],
    );
    const opened = await cases.after(
      cases.request(sending.registrar, 'requestSuspension', 'SuspensionInput', {
        ...{ enrollment: child.enrollment, expectedVersion: row?.version, reasonGiven: true },
        ...{ ground: 'ILLNESS', from: '2026-09-10', to: '2027-09-09', missedHours: 200, termHours: 600 },
        evidence: [
          await cases.paper(sending.registrar, 'APPLICATION_FORM', null),
          await cases.paper(sending.registrar, 'HOSPITAL_RECORD'),
        ],
      }),
    );
    const confirmed = await cases.after(cases.decide(sending.head, opened, 'APPROVE'));
    const handled = await cases.after(cases.handle(xiaodian.registrar, confirmed));
    await cases.after(cases.decide(xiaodian.head, handled, 'APPROVE'));
    await registry.settled();
  };

  /** The papers of a matter vanish from the archive, as if nobody had filed them. */
  const withoutPapers = async (person: string): Promise<void> => {
    const { core } = registry.network.service('archive');
    const client = new pg.Client({ connectionString: core.config.OWNER_DATABASE_URL });
    await client.connect();
    await client.query('alter table archive_entry no force row level security');
    await client.query(`delete from archive_entry where person_id = $1 and kind = 'PROOF'`, [person]);
    await client.query('alter table archive_entry force row level security');
    await client.end();
  };

  test(holds('ARC-16', 'enters a suspension with the papers of its case'), async () => {
    const child = await desk.transfers.pupil();
    await suspended(child);
    const archive = await desk.seen(sending.registrar, child.person);
    expect(desk.entriesOf(archive, 'BASIC_INFO').map(({ change }) => change)).toEqual([
      ...['REGISTERED', 'SUSPENDED'],
    ]);
    expect(await proofsOf(child.person)).toEqual(['SUSPENDED']);
    expect(archive.findings).toEqual([]);
  });

  test(
    breaks('ARC-16', 'tells of a suspension whose papers lack, and that its chain is broken'),
    async () => {
      const child = await desk.transfers.pupil();
      await suspended(child);
      await withoutPapers(child.person);
      const archive = await desk.seen(sending.registrar, child.person);
      expect(codesOf(archive)).toEqual(['ARC-16 RECORD CHANGE_PROOF_NOT_FILED']);
    },
  );

  test(
    holds('ARC-15', 'files the papers of a transfer once it is done, and of none that came to nothing'),
    async () => {
      const { transfers } = desk;
      const [child, stays] = [await transfers.pupil(), await transfers.pupil()];
      const begun = await transfers.nearlyApproved(child);
      const refused = await transfers.started(stays);
      await transfers.after(
        transfers.handle(sending.registrar, await transfers.seen(sending.registrar, refused.id)),
      );
      await registry.settled();
      await transfers.approve(yingze, begun);
      await transfers.atRest();
      await registry.settled();
      expect(await proofsOf(child.person, receiving.registrar)).toEqual(['TRANSFERRED']);
      expect(await proofsOf(stays.person)).toEqual([]);
    },
  );

  const print = (student: string, more: Record<string, unknown> = {}) =>
    desk.order(sending.registrar, 'printArchive', 'PrintArchiveInput', {
      ...{ student, categories: ['BASIC_INFO', 'PROOFS'], reason: '升学报名', keeper: '教务处' },
      ...more,
    });

  test(holds('ARC-05', 'has a print on record with what it is for and who keeps it'), async () => {
    const { person } = await desk.transfers.pupil();
    await registry.settled();
    expect((await print(person)).findings).toEqual([]);
    const prints = await desk.counter.rows<{ print: number; keeper: string }>(
      'archive',
      'select print, keeper from archive_paper where person_id = $1',
      [person],
    );
    expect(prints).toEqual([{ print: 1, keeper: '教务处' }]);
  });

  test(breaks('ARC-05', 'warns of a print without reason or keeper'), async () => {
    const { person } = await desk.transfers.pupil();
    await registry.settled();
    for (const more of [{ reason: null }, { keeper: null }]) {
      const { archive, findings } = await print(person, more);
      expect(codesOf({ findings })).toEqual(['ARC-05 WARN PAPER_ARCHIVE_WITHOUT_REASON']);
      expect(archive).not.toBeNull();
    }
  });

  test(
    breaks('ARC-06', 'of Beiguan from before 2025 is warned of while the four categories lack on paper'),
    async () => {
      const { person } = await desk.transfers.fromBeiguan();
      await registry.settled();
      const older = `update archive set entered_on = '2024-09-01', opened_on = '2024-09-10' where person_id = $1`;
      await desk.counter.change('archive', older, [person]);
      const found = await desk.seen(beiguanSchool.registrar, person);
      expect(codesOf(found)).toEqual(['ARC-06 WARN PAPER_COPY_MISSING']);
      const four = ['BASIC_INFO', 'PROOFS', 'COMPREHENSIVE_QUALITY', 'AWARDS'];
      const { archive } = await desk.order(beiguanSchool.registrar, 'printArchive', 'PrintArchiveInput', {
        ...{ student: person, categories: four, reason: '纸质档案', keeper: '教务处' },
      });
      expect(archive?.findings).toEqual([]);
    },
  );

  test(
    holds('ARC-07', 'is up to date once the school has refreshed it soon after a term opened'),
    async () => {
      const [fresh, stale] = [await desk.transfers.pupil(), await desk.transfers.pupil()];
      registry.clock.moveTo('2027-03-01T09:00:00+08:00');
      await registry.settled();
      const order = { student: fresh.person, idempotencyKey: randomUUID() };
      const { archive } = await desk.order(sending.registrar, 'refreshArchive', 'RefreshArchiveInput', order);
      expect(archive?.findings).toEqual([]);
      registry.clock.moveTo('2027-03-20T09:00:00+08:00');
      refreshed = fresh.person;
      forgotten = stale.person;
      expect(codesOf(await desk.seen(sending.registrar, refreshed))).toEqual([]);
    },
  );

  test(
    breaks('ARC-07', 'is on record where nobody looked at it within ten working days of the opening'),
    async () => {
      expect(codesOf(await desk.seen(sending.registrar, forgotten))).toEqual([
        'ARC-07 RECORD ARCHIVE_NOT_REFRESHED',
      ]);
      const late = { student: forgotten, idempotencyKey: randomUUID() };
      const { archive } = await desk.order(sending.registrar, 'refreshArchive', 'RefreshArchiveInput', late);
      expect(archive && codesOf(archive)).toEqual(['ARC-07 RECORD ARCHIVE_NOT_REFRESHED']);
      expect(codesOf(await desk.seen(sending.registrar, refreshed))).toEqual([]);
    },
  );
});
