import { createPublication } from '#services/statistics/published-statistics.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';

type Table = {
  total: number | null;
  suppressed: boolean;
  rows: { keys: { value: string; label: string | null }[]; count: number | null; display: string }[];
  findings: { code: string }[];
};

let network: TestNetwork;
let feed: Feed;

const operation = `{ publishedStatistics {
  total suppressed rows { keys { dimension value label } count display } findings { code }
} }`;

const register = (school: { code: string; place: number }, from: number, to: number) =>
  feed.tell(
    'enrollment',
    Array.from({ length: to - from }, (_, at) =>
      told.registered({ name: `${school.code} ${from + at}`, place: school.place, school: school.code }),
    ),
  );

const published = async (): Promise<Table> => {
  const { data, errors } = await network.graphql<{ publishedStatistics: Table }>(
    'statistics',
    null,
    operation,
  );
  expect(errors).toEqual([]);
  if (!data) throw new Error('no table');
  return data.publishedStatistics;
};

const rowOf = (table: Table, ...values: string[]) =>
  table.rows.find((row) => row.keys.map((key) => key.value).join() === values.join());

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  feed = feedOf(network.service('statistics'));
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await register(schools.xiaodian, 0, 25);
  await register(schools.beiguan, 0, 9);
});
afterAll(() => network.stop());

describe('published statistics', () => {
  test(holds('STA-08', 'anybody reads totals from ten on, without a token'), async () => {
    const table = await published();
    expect(table.total).toBe(34);
    expect(rowOf(table, '140000', 'PRIMARY')).toMatchObject({ count: 25, display: '25' });
    expect(rowOf(table, 'PRIMARY')?.count).toBe(34);
    expect(rowOf(table, '140000', 'PRIMARY')?.keys.map((key) => key.label)).toEqual(['山西省', '小学']);
  });

  test(breaks('STA-08', 'a province with nine pupils is not told, and the table says so'), async () => {
    const table = await published();
    expect(rowOf(table, '410000', 'PRIMARY')).toMatchObject({ count: null, display: '<10*' });
    expect(rowOf(table, '410000')).toMatchObject({ count: null, display: '<10*' });
    expect(table.suppressed).toBe(true);
    expect(table.findings).toMatchObject([{ code: 'SMALL_CELL' }]);
  });

  test('have a row for every province, so that none is known to be empty by its absence', async () => {
    const table = await published();
    expect(table.rows.filter((row) => row.keys.length === 2)).toHaveLength(32);
  });

  test('are the same table for a minute and a new one afterwards', async () => {
    let elapsed = 0;
    const publication = createPublication(network.service('statistics').core, () => elapsed);
    expect((await publication()).total).toBe(34);
    await register(schools.beiguan, 9, 10);
    elapsed = 59_999;
    expect((await publication()).total).toBe(34);
    elapsed = 60_000;
    expect((await publication()).total).toBe(35);
  });
});
