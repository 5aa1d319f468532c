import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { parkedOf } from '#libs/platform/events/unpark.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { recount } from '#services/statistics/recount.ts';
import { stockProjection } from '#services/statistics/stock/projection.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { idOf, type TestPupil, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools } from './nation.ts';

let network: TestNetwork;
let core: ServiceCore;
let feed: Feed;

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  core = network.service('statistics').core;
  feed = feedOf(network.service('statistics'));
});
afterAll(() => network.stop());

const places = Object.values(schools);

/** Sixty pupils over all schools, of every year and with marks of all kinds; the last is alone in its cells. */
const pupils = Array.from({ length: 60 }, (_, at): TestPupil => {
  const school = places[at % places.length] ?? schools.xiaodian;
  const marks: Partial<CountingMarks> = {
    gender: at % 3 === 0 ? 'FEMALE' : 'MALE',
    boarder: at % 4 === 0,
    disabled: at % 10 === 0,
    ethnicGroup: at % 7 === 0 ? 'MINORITY' : 'HAN',
  };
  return {
    name: `pupil ${at}`,
    place: school.place,
    school: school.code,
    entryYearAdj: at === 59 ? 2015 : 2021 + (at % 6),
    marks,
  };
});
const some = (from: number, to: number) => pupils.slice(from, to);

const total = async (): Promise<number> => {
  const [row] = await asWorker(core.worker, (tx) =>
    query<{ n: string }>(tx, `select coalesce(sum(n), 0) as n from stock_cell where width = 100000000000`),
  );
  return Number(row?.n);
};

describe('the stock of pupils', () => {
  test('counts registrations as they are told, and a recount agrees', async () => {
    await feed.tell(
      'identity',
      some(0, 40).map((pupil) => told.temporary(pupil)),
      7,
    );
    await feed.tell(
      'enrollment',
      pupils.map((pupil) => told.registered(pupil)),
      11,
    );
    await feed.tell(
      'identity',
      some(40, 60).map((pupil) => told.temporary(pupil)),
    );
    expect(await total()).toBe(60);
    await feed.tell(
      'enrollment',
      some(0, 50).map((pupil) => told.approved(pupil)),
    );
    await feed.tell(
      'enrollment',
      some(50, 55).map((pupil) => told.rejected(pupil, false)),
    );
    await feed.tell(
      'enrollment',
      some(55, 60).map((pupil) => told.rejected(pupil, true)),
    );
    await feed.tell(
      'identity',
      some(55, 60).map((pupil) => told.closed(pupil)),
    );
    await feed.tell(
      'identity',
      some(0, 30).map((pupil) => told.formal(pupil)),
    );
    await feed.tell(
      'enrollment',
      some(55, 58).map((pupil) => told.registered(pupil, 3, 2)),
    );
    await feed.tell(
      'identity',
      some(55, 58).map((pupil) => told.temporary(pupil, 3)),
    );
    expect(await total()).toBe(58);
    expect(await recount(core.worker)).toEqual([]);
  });

  test('holds no cell without a pupil', async () => {
    const empty = await asWorker(core.worker, (tx) => query(tx, 'select 1 from stock_cell where n <= 0'));
    expect(empty).toEqual([]);
  });

  test('comes out equal when it is rebuilt from the logs, source after source', async () => {
    const live = await checksum(core.worker, stockProjection);
    await feed.serve();
    await reset(core.worker, stockProjection);
    await replay(core.worker, core.bus, stockProjection, silentLog);
    expect(await checksum(core.worker, stockProjection)).toBe(live);
    expect(await total()).toBe(58);
  });

  test('a cell that was tampered with is found by the recount', async () => {
    await asWorker(core.worker, (tx) =>
      execute(tx, `update stock_cell set n = n + 1 where width = 1000000000 and place = 41000000000`),
    );
    const differences = await recount(core.worker);
    expect(differences.length).toBeGreaterThan(0);
    expect(differences.every((cell) => cell.place === 41_000_000_000 && cell.kept === cell.counted + 1)).toBe(
      true,
    );
    expect(await recount(core.worker, { lo: 14_000_000_000, hi: 14_999_999_999 })).toEqual([]);
    await asWorker(core.worker, (tx) =>
      execute(tx, `update stock_cell set n = n - 1 where width = 1000000000 and place = 41000000000`),
    );
  });

  test('loses nothing when both sources tell of the same persons at the same time', async () => {
    const rounds = ['first', 'second', 'third', 'fourth', 'fifth'];
    const before = await total();
    for (const round of rounds) {
      const crowd = pupils.map((pupil) => ({ ...pupil, name: `${pupil.name} of the ${round} crowd` }));
      await Promise.all([
        feed.tell(
          'enrollment',
          crowd.map((pupil) => told.registered(pupil)),
        ),
        feed.tell(
          'identity',
          crowd.map((pupil) => told.temporary(pupil)),
        ),
      ]);
    }
    expect(await total()).toBe(before + rounds.length * pupils.length);
    expect(await recount(core.worker)).toEqual([]);
    const withoutNumber = await asWorker(core.worker, (tx) =>
      query(tx, 'select 1 from pupil where status is distinct from $1 and number_kind is null', ['REFUSED']),
    );
    expect(withoutNumber).toEqual([]);
  });

  test('takes gender and document from identity once it has told them, whichever source is heard first', async () => {
    const { place, code } = schools.xiaodian;
    const one: TestPupil = { name: 'told later', place, school: code };
    const other: TestPupil = { name: 'told before', place, school: code };
    const counted = { gender: 'FEMALE', documentType: 'PASSPORT' } as const;
    await feed.tell('enrollment', [told.registered(one), told.approved(one)]);
    await feed.tell('identity', [
      told.temporary(one),
      told.changed(one, counted),
      told.reissued(one),
      told.temporary(other),
      told.changed(other, counted),
      told.deleted(other),
    ]);
    await feed.tell('enrollment', [told.registered(other), told.approved(other)]);
    const rows = await asWorker(core.worker, (tx) =>
      query(tx, 'select gender, document_type, number_kind from pupil where person_id = any($1::uuid[])', [
        [idOf(one.name), idOf(other.name)],
      ]),
    );
    const same = { gender: 'FEMALE', document_type: 'PASSPORT' };
    expect(rows).toEqual(
      expect.arrayContaining([
        { ...same, number_kind: 'G_FORMAL' },
        { ...same, number_kind: null },
      ]),
    );
    expect(await recount(core.worker)).toEqual([]);
  });

  test('sets a decision without its registration aside, of counts and of flows, and goes on with the others', async () => {
    const unknown: TestPupil = {
      name: 'never registered',
      place: schools.city.place,
      school: schools.city.code,
    };
    const next: TestPupil = { ...unknown, name: 'registered next' };
    const before = await total();
    const parked = await feed.tell('enrollment', [told.approved(unknown), told.registered(next)]);
    expect(parked).toBe(2);
    expect(await parkedOf(core.worker, stockProjection)).toMatchObject([
      { events: 1, reason: expect.stringContaining('UNKNOWN_REGISTRATION') },
    ]);
    expect(await total()).toBe(before + 1);
  });
});

describe('the database', () => {
  const county = { lo: 14_010_500_000, hi: 14_010_599_999, persons: [] };

  test(holds('PRV-12', 'yields the counts of the reader’s own subtree'), async () => {
    const rows = await inScope(core.app, county, (tx) =>
      query<{ n: string }>(tx, `select n from stock_cell where place = 14010500000 and width = 100000`),
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  test(breaks('PRV-12', 'yields no count of anything beyond it, and no pupil at all'), async () => {
    const beyond = await inScope(core.app, county, (tx) =>
      query(tx, `select 1 from stock_cell where place < 14010500000 or place + width - 1 > 14010599999`),
    );
    expect(beyond).toEqual([]);
    const pupil = inScope(core.app, county, (tx) => query(tx, 'select 1 from pupil'));
    await expect(pupil).rejects.toThrow(/permission denied/);
  });
});
