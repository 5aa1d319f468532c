import {
  DropoutClueCleared,
  DropoutClueOpened,
  DropoutMarked,
  DropoutReturned,
} from '#libs/contracts/events/dropout.ts';
import { TermCalendarSet } from '#libs/contracts/events/organization.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { dropoutProjection } from '#services/statistics/dropout/projection.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { envelope, idOf } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, type TestSchool, unitsTold } from './nation.ts';

type Figures = { unit: string; from: string | null; to: string | null } & Record<
  'opened' | 'marked' | 'cleared' | 'returned',
  number
>;
type Statistics = { total: Figures; rows: Figures[] };

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read' },
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] }),
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
  school: staff({ level: 'SCHOOL', school: schools.xiaodian.code }),
} as const;
const figures = 'unit from to opened marked cleared returned';

let network: TestNetwork;
let feed: Feed;

const ask = async (
  who: keyof typeof people,
  variables: Record<string, unknown>,
): Promise<Answer<{ dropoutStatistics: Statistics }>> =>
  network.graphql(
    'statistics',
    await network.tokenFor(people[who]),
    `query ($scope: ID, $year: SchoolYear!, $term: Int!) { dropoutStatistics(scope: $scope, schoolYear: $year, term: $term) {
      total { ${figures} } rows { ${figures} } } }`,
    { year: 2026, term: 1, ...variables },
  );
const told = async (
  who: keyof typeof people,
  variables: Record<string, unknown> = {},
): Promise<Statistics> => {
  const { data, errors } = await ask(who, variables);
  if (!data?.dropoutStatistics) throw new Error(JSON.stringify(errors));
  return data.dropoutStatistics;
};

let ordinal = 0;
const step = (
  kind: typeof DropoutClueOpened | typeof DropoutMarked | typeof DropoutClueCleared | typeof DropoutReturned,
  school: TestSchool,
  day: string,
) =>
  envelope(
    kind as typeof DropoutMarked,
    `dropout:${++ordinal}`,
    1,
    {
      ...{ entry: idOf(`entry ${ordinal}`), person: null, school: school.code, place: school.place },
      ...{ province: `${school.authority.slice(0, 2)}0000`, source: 'SCHOOL', state: 'CLUE' },
    } as never,
    `${day}T10:00:00.000+08:00`,
  );

const terms = (region: string, opens: [string, string]) =>
  envelope(TermCalendarSet, `terms ${region}`, 1, {
    ...{ region, schoolYear: 2026 },
    terms: [
      { term: 1, opensOn: opens[0], closesOn: '2027-01-15' },
      { term: 2, opensOn: opens[1], closesOn: '2027-07-02' },
    ],
  });

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'], withoutWorkers: true });
  feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await feed.tell('organization', [
    terms('140000', ['2026-09-01', '2027-02-22']),
    terms('410000', ['2026-09-01', '2027-03-01']),
  ]);
  await feed.tell('enrollment', [
    step(DropoutClueOpened, schools.xiaodian, '2026-08-31'),
    step(DropoutClueOpened, schools.xiaodian, '2026-09-01'),
    step(DropoutMarked, schools.xiaodian, '2026-10-12'),
    step(DropoutReturned, schools.xiaodian, '2027-02-21'),
    step(DropoutClueOpened, schools.yingze, '2027-02-22'),
    step(DropoutClueCleared, schools.beiguan, '2027-02-28'),
  ]);
});
afterAll(() => network.stop());

describe('the dropout figures of a term', () => {
  test(
    breaks('STA-07', 'count entries, marks and returns, from the opening to the eve of the next term'),
    async () => {
      expect((await told('xiaodian')).total).toMatchObject({
        ...{ from: '2026-09-01', to: '2027-02-21', opened: 1, marked: 1, returned: 1, cleared: 0 },
      });
      expect((await told('yingze', { term: 2 })).total).toMatchObject({ opened: 1, to: null });
    },
  );

  test(holds('STA-07', 'count nothing at a county whose children are all in school'), async () => {
    expect((await told('yingze')).total).toMatchObject({ opened: 0, marked: 0, returned: 0, cleared: 0 });
  });

  test('are those of each county above it, and of the nation by the term of each province', async () => {
    const { rows } = await told('taiyuan');
    expect(rows.find(({ unit }) => unit === '140105')).toMatchObject({ opened: 1, marked: 1, returned: 1 });
    const nation = await told('ministry');
    expect(nation.total).toMatchObject({ from: null, opened: 1, marked: 1, returned: 1, cleared: 1 });
    expect(nation.rows.filter(({ opened, cleared }) => opened + cleared > 0).map(({ unit }) => unit)).toEqual(
      ['140000', '410000'],
    );
    expect((await told('school')).total).toMatchObject({ opened: 1 });
  });

  test(breaks('PRV-12', 'are nobody’s who does not manage the unit'), async () => {
    const { errors } = await ask('yingze', { scope: '140105' });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    const wrong = await ask('xiaodian', { term: 3 });
    expect(wrong.errors.map(({ extensions }) => extensions.code)).toEqual(['BAD_USER_INPUT']);
  });

  test('come out equal when they are rebuilt from the log', async () => {
    const { core } = network.service('statistics');
    const before = await checksum(core.worker, dropoutProjection);
    await reset(core.worker, dropoutProjection);
    await replay(core.worker, core.bus, dropoutProjection, silentLog);
    expect(await checksum(core.worker, dropoutProjection)).toBe(before);
  });
});
