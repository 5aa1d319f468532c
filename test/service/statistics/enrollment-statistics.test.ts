import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { type TestPupil, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { promotionTold, schools, schoolTold, type TestSchool, unitsTold } from './nation.ts';

type Table = {
  scope: string;
  total: number | null;
  suppressed: boolean;
  rows: {
    keys: { dimension: string; value: string; label: string | null }[];
    count: number | null;
    display: string;
  }[];
};
type Answered = { enrollmentStatistics: Table | null };

let network: TestNetwork;
let feed: Feed;

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  sub: 'clerk',
  roles: ['REGISTRAR'],
  scope: 'statistics:read',
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] }),
  callCentre: staff({ level: 'MINISTRY', unit: '000000', roles: ['CALL_CENTRE'] }),
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
  school: staff({ level: 'SCHOOL', school: schools.xiaodian.code }),
  teacher: staff({ level: 'SCHOOL', school: schools.xiaodian.code, roles: ['CLASS_TEACHER'] }),
  guardian: staff({ level: 'NONE', roles: ['GUARDIAN'] }),
  integrator: staff({ level: 'NONE', roles: ['INTEGRATOR'] }),
} as const;

const operation = `query ($scope: ID, $by: [Dimension!]!, $filter: StatisticsFilter, $asOf: Date) {
  enrollmentStatistics(scope: $scope, by: $by, filter: $filter, asOf: $asOf) {
    scope total suppressed rows { keys { dimension value label } count display }
  }
}`;

const ask = async (who: keyof typeof people, variables: Record<string, unknown>): Promise<Answer<Answered>> =>
  network.graphql<Answered>('statistics', await network.tokenFor(people[who]), operation, variables);

const tableFor = async (who: keyof typeof people, variables: Record<string, unknown>): Promise<Table> => {
  const { data, errors } = await ask(who, variables);
  expect(errors).toEqual([]);
  if (!data?.enrollmentStatistics) throw new Error('no table');
  return data.enrollmentStatistics;
};

const plain = (table: Table) => table.rows.map((row) => [...row.keys.map((key) => key.value), row.count]);

const group = (school: TestSchool, size: number, more: Partial<TestPupil> = {}): TestPupil[] =>
  Array.from({ length: size }, (_, at) => ({
    name: `${school.code} ${more.entryYearAdj ?? ''} ${at}`,
    place: school.place,
    school: school.code,
    ...more,
  }));

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  feed = feedOf(network.service('statistics'));
  const registered = [
    ...group(schools.xiaodian, 5, { entryYearAdj: 2025 }),
    ...group(schools.xiaodian, 3, { entryYearAdj: 2020, marks: { gender: 'FEMALE', boarder: true } }),
    ...group(schools.xiaodianSecond, 4, { entryYearAdj: 2024 }),
    ...group(schools.yingze, 2, { entryYearAdj: 2025 }),
    ...group(schools.city, 6, { entryYearAdj: 2025, stage: 'JUNIOR', lastGrade: 3 }),
    ...group(schools.beiguan, 7, { entryYearAdj: 2025 }),
  ];
  await feed.tell(
    'enrollment',
    registered.map((pupil) => told.registered(pupil)),
  );
  // Pupils come first: where they count must not depend on units and schools being known.
  await feed.tell('organization', [
    ...unitsTold(),
    ...Object.values(schools).map(schoolTold),
    promotionTold(2026, '2026-08-12T00:00:00+08:00'),
  ]);
});
afterAll(() => network.stop());

describe('statistics of registrations', () => {
  test(holds('STA-08', 'a county reads exact numbers of its schools, however small'), async () => {
    const table = await tableFor('xiaodian', { by: ['UNIT'] });
    expect(table).toMatchObject({ scope: '140105', total: 12, suppressed: false });
    expect(table.rows).toEqual([
      {
        keys: [{ dimension: 'UNIT', value: schools.xiaodian.code, label: '小店区知行小学' }],
        count: 8,
        display: '8',
      },
      {
        keys: [{ dimension: 'UNIT', value: schools.xiaodianSecond.code, label: '小店区明德小学' }],
        count: 4,
        display: '4',
      },
    ]);
  });

  test('a city reads its counties and the schools that it runs itself', async () => {
    expect(plain(await tableFor('taiyuan', { by: ['UNIT', 'STAGE'] }))).toEqual([
      ['140105', 'PRIMARY', 12],
      ['140106', 'PRIMARY', 2],
      [schools.city.code, 'JUNIOR', 6],
    ]);
  });

  test('the ministry reads the nation by province, and any unit below', async () => {
    const nation = await tableFor('ministry', { by: ['UNIT'] });
    expect(plain(nation)).toEqual([
      ['140000', 20],
      ['410000', 7],
    ]);
    expect(nation.total).toBe(27);
    expect((await tableFor('ministry', { scope: schools.beiguan.code, by: [] })).total).toBe(7);
  });

  test(holds('PRV-12', 'a school reads its own numbers, a county those of its schools'), async () => {
    expect(plain(await tableFor('school', { by: ['GENDER'] }))).toEqual([
      ['MALE', 5],
      ['FEMALE', 3],
    ]);
    expect((await tableFor('xiaodian', { scope: schools.xiaodian.code, by: ['UNIT'] })).total).toBe(8);
  });

  test('a table by one attribute has a row for pupils with and without it', async () => {
    expect(plain(await tableFor('school', { by: ['BOARDER'] }))).toEqual([
      ['true', 3],
      ['false', 5],
    ]);
    expect((await tableFor('school', { by: ['BOARDER'] })).rows.map((row) => row.keys[0]?.label)).toEqual([
      '是',
      '否',
    ]);
  });

  test('a filter keeps a stage, a grade, a gender', async () => {
    expect((await tableFor('taiyuan', { by: [], filter: { stage: 'JUNIOR' } })).total).toBe(6);
    expect((await tableFor('taiyuan', { by: [], filter: { gender: 'FEMALE' } })).total).toBe(3);
    expect((await tableFor('taiyuan', { by: [], filter: { grade: 1, stage: 'PRIMARY' } })).total).toBe(7);
  });
});

describe('whoever is outside', () => {
  const refusals: [keyof typeof people, string | null][] = [
    ['yingze', '140105'],
    ['yingze', schools.xiaodian.code],
    ['yingze', '140100'],
    ['school', '140105'],
    ['school', schools.xiaodianSecond.code],
    ['taiyuan', '410503'],
    ['ministry', '999999'],
    ['guardian', null],
    ['integrator', '140105'],
    ['callCentre', null],
    ['teacher', null],
  ];

  test.each(refusals)(breaks('PRV-12', '%s asking for %s is out of jurisdiction'), async (who, scope) => {
    const { data, errors } = await ask(who, { scope, by: ['UNIT'] });
    expect(data?.enrollmentStatistics ?? null).toBeNull();
    expect(errors.map((error) => error.extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test(breaks('STA-08', 'a county is not told the exact numbers of its neighbour'), async () => {
    const { errors } = await ask('yingze', { scope: '140105', by: ['UNIT', 'GENDER'] });
    expect(errors.map((error) => error.extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
  });

  test('needs a token', async () => {
    const { errors } = await network.graphql('statistics', null, operation, { by: [] });
    expect(errors.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  test('a question that cannot be answered names every problem', async () => {
    const { errors } = await ask('xiaodian', { by: ['BOARDER', 'BOARDER'], asOf: '2099-01-01' });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ code: 'DIMENSION_REPEATED' }, { code: 'AS_OF_TO_COME' }],
    });
  });
});

describe('a school that is not known here yet', () => {
  test('is listed under its place, so that the rows and the total agree', async () => {
    const unknown = { code: '2114000099', name: '', authority: '140107', place: 14_010_700_042 };
    await feed.tell(
      'enrollment',
      group(unknown, 2).map((pupil) => told.registered(pupil)),
    );
    const table = await tableFor('taiyuan', { scope: '140107', by: ['UNIT'] });
    expect(plain(table)).toEqual([['14010700042', 2]]);
    expect(table.total).toBe(2);
  });
});

describe('the promotion', () => {
  test('moves every pupil up at the instant entered for the year, and those of the last grade stay in it', async () => {
    expect(plain(await tableFor('xiaodian', { by: ['GRADE'] }))).toEqual([
      ['1', 5],
      ['2', 4],
      ['6', 3],
    ]);
    network.clock.moveTo('2026-08-11T23:59:59+08:00');
    expect(plain(await tableFor('xiaodian', { by: ['GRADE'] }))[0]).toEqual(['1', 5]);
    network.clock.moveTo('2026-08-12T00:00:00+08:00');
    expect(plain(await tableFor('xiaodian', { by: ['GRADE'] }))).toEqual([
      ['2', 5],
      ['3', 4],
      ['6', 3],
    ]);
  });
});
