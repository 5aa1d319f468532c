import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { digestOfTable, type PublishedRow } from '#services/statistics/publication/publication-rows.ts';
import { publishNext } from '#services/statistics/publication/publish.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';

type Row = {
  keys: { value: string; label: string | null }[];
  count: number | null;
  roundedTo: number | null;
  display: string;
};
type Table = {
  month: string;
  asOf: string;
  digest: string;
  rows: Row[];
  suppressed: boolean;
  rounded: boolean;
  findings: { code: string }[];
};
type Live = { total: number | null; asOf: string; rows: Row[]; suppressed: boolean };

let network: TestNetwork;
let feed: Feed;

const core = () => network.service('statistics').core;
const rows = 'rows { keys { dimension value label } count roundedTo display }';

const read = async <Data>(operation: string, variables: Record<string, unknown> = {}): Promise<Data> => {
  const { data, errors } = await network.graphql<Data>('statistics', null, operation, variables);
  expect(errors).toEqual([]);
  if (!data) throw new Error('no answer');
  return data;
};

const table = async (name: string, more: { month?: string; scope?: string } = {}): Promise<Table | null> =>
  (
    await read<{ publishedTable: Table | null }>(
      `query ($table: PublishedTableName!, $month: Month, $scope: ID) {
        publishedTable(table: $table, month: $month, scope: $scope) {
          month asOf digest suppressed rounded findings { code } ${rows}
        }
      }`,
      { table: name, ...more },
    )
  ).publishedTable;

const live = async (): Promise<Live | null> =>
  (
    await read<{ publishedStatistics: Live | null }>(
      `{ publishedStatistics { total asOf suppressed ${rows} } }`,
    )
  ).publishedStatistics;

const months = async (): Promise<string[]> =>
  (
    await read<{ publishedTables: { edges: { node: { month: string } }[] } }>(
      '{ publishedTables { edges { node { month digest tables } } } }',
    )
  ).publishedTables.edges.map(({ node }) => node.month);

const rowOf = (from: { rows: Row[] } | null, ...values: string[]) =>
  from?.rows.find((row) => row.keys.map(({ value }) => value).join() === values.join());

const register = (school: { code: string; place: number }, from: number, to: number) =>
  feed.tell(
    'enrollment',
    Array.from({ length: to - from }, (_, at) =>
      told.registered({
        ...{ name: `${school.code} ${from + at}`, place: school.place, school: school.code },
        marks: { gender: at % 2 === 0 ? 'MALE' : 'FEMALE', boarder: (from + at) % 3 === 0 },
      }),
    ),
  );

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'], withoutWorkers: true });
  feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await register(schools.xiaodian, 0, 600);
  await register(schools.beiguan, 0, 9);
});
afterAll(() => network.stop());

const moveTo = (day: string) => network.clock.moveTo(`${day}T09:00:00+08:00`);

describe('published tables', () => {
  test('there are none while the first month runs', async () => {
    moveTo('2026-09-30');
    expect(await publishNext(core())).toBe(false);
    expect(await live()).toBeNull();
    expect(await table('UNITS_BY_STAGE')).toBeNull();
    expect(await months()).toEqual([]);
  });

  test('wait for what happened in the month and has not arrived', async () => {
    moveTo('2026-10-01');
    const late = told.registered({
      ...{ name: 'on its way', place: schools.xiaodian.place, school: schools.xiaodian.code },
    });
    feed.logs.enrollment.push(late);
    expect(await publishNext(core())).toBe(false);
    feed.logs.enrollment.pop();
    expect(await publishNext(core())).toBe(true);
    expect(await months()).toEqual(['2026-09']);
  });

  test(holds('STA-08', 'anybody reads counts from ten on, without a token, by name'), async () => {
    const units = await table('UNITS_BY_STAGE');
    expect(units).toMatchObject({ month: '2026-09', suppressed: true });
    expect(rowOf(units, '140000', 'PRIMARY')).toMatchObject({ count: 600, display: '≈600' });
    expect(rowOf(units, '140000', 'PRIMARY')?.keys.map(({ label }) => label)).toEqual(['山西省', '小学']);
    const cities = await table('UNITS_BY_STAGE', { scope: '140000' });
    expect(rowOf(cities, '140100', 'PRIMARY')).toMatchObject({ count: 600, roundedTo: null, display: '600' });
  });

  test(
    breaks('STA-08', 'nine pupils of a province are told in no table, nor are empty ones by their absence'),
    async () => {
      const units = await table('UNITS_BY_STAGE');
      expect(rowOf(units, '410000', 'PRIMARY')).toMatchObject({ count: null, display: '<10*' });
      expect(rowOf(units, '110000', 'PRIMARY')).toMatchObject({ count: null, display: '<10*' });
      expect(units?.findings).toMatchObject([{ code: 'SMALL_CELL' }]);
      const boarders = await table('STAGES_BY_BOARDER', { scope: '410000' });
      expect(boarders?.rows.filter(({ count }) => count !== null)).toEqual([]);
      // Or the nation without the others would be those nine.
      expect(rowOf(units, 'PRIMARY')).not.toMatchObject({ count: 609 });
    },
  );

  test('a total that would give small counts away is rounded, and says so', async () => {
    const units = await table('UNITS_BY_STAGE');
    const total = rowOf(units);
    expect(units?.rounded).toBe(true);
    expect(total?.roundedTo).toBeGreaterThan(0);
    expect(total?.display).toBe(`≈${total?.count}`);
    expect(Math.abs((total?.count ?? 0) - 609)).toBeLessThanOrEqual((total?.roundedTo ?? 0) / 2);
  });

  test('stand as they were, whatever is told later: there are no differences from day to day', async () => {
    const [before, boarders] = [await live(), await table('STAGES_BY_BOARDER', { scope: '140000' })];
    await register(schools.beiguan, 9, 30);
    await register(schools.xiaodian, 600, 700);
    moveTo('2026-10-20');
    expect(await publishNext(core())).toBe(false);
    expect(await live()).toEqual(before);
    expect(await table('STAGES_BY_BOARDER', { scope: '140000' })).toEqual(boarders);
  });

  test('prove by their digest that nobody altered them, and the service itself cannot', async () => {
    const worker = core().worker;
    const [kept] = await asWorker(worker, (tx) =>
      query<{ rows: PublishedRow[] }>(
        tx,
        `select rows from published_table where name = 'GRADES_BY_GENDER' and scope = '140000'`,
      ),
    );
    const content = { name: 'GRADES_BY_GENDER', scope: '140000', rows: kept?.rows ?? [] } as const;
    expect((await table('GRADES_BY_GENDER', { scope: '140000' }))?.digest).toBe(
      digestOfTable('2026-09', content),
    );
    await expect(
      asWorker(worker, (tx) => query(tx, `update published_table set rows = '[]'`)),
    ).rejects.toThrow(/permission denied/);
  });

  test('a new month has new ones, and the last stands beside it', async () => {
    moveTo('2026-11-02');
    expect(await publishNext(core())).toBe(true);
    expect(await months()).toEqual(['2026-10', '2026-09']);
    expect(rowOf(await live(), '140000', 'PRIMARY')?.count).toBe(700);
    expect(rowOf(await table('UNITS_BY_STAGE', { month: '2026-09' }), '140000', 'PRIMARY')?.count).toBe(600);
  });

  test('of something that is no unit are refused, and of another unit there are none', async () => {
    expect(await table('UNITS_BY_STAGE', { scope: '140105' })).toBeNull();
    const { errors } = await network.graphql(
      'statistics',
      null,
      '{ publishedTable(table: UNITS_BY_STAGE, scope: "x") { month } }',
    );
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
