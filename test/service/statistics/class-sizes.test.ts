import { ClassAssigned } from '#libs/contracts/events/enrollment.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { classProjection } from '#services/statistics/classes/projection.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { envelope, idOf, type TestPupil, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, type TestSchool, unitsTold } from './nation.ts';

type Figures = {
  classes: number;
  pupils: number;
  averageSize: number | null;
  large: number;
  oversized: number;
};
type Sizes = {
  scope: string;
  total: Figures;
  rows: { keys: { value: string; label: string | null }[]; figures: Figures }[];
};

let network: TestNetwork;
let feed: Feed;

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read' },
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] }),
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
};

const ask = async (who: keyof typeof people, by: string[], scope?: string) =>
  network.graphql<{ classSizes: Sizes | null }>(
    'statistics',
    await network.tokenFor(people[who]),
    `query ($by: [Dimension!]!, $scope: ID) { classSizes(by: $by, scope: $scope) {
      scope total { classes pupils averageSize large oversized }
      rows { keys { value label } figures { classes pupils averageSize large oversized } } } }`,
    { by, scope },
  );

const sizesFor = async (...asked: Parameters<typeof ask>): Promise<Sizes> => {
  const { data, errors } = await ask(...asked);
  expect(errors).toEqual([]);
  if (!data?.classSizes) throw new Error('no answer');
  return data.classSizes;
};

const classOf = (school: TestSchool, name: string, size: number, entryYearAdj = 2025): TestPupil[] =>
  Array.from({ length: size }, (_, at) => ({
    ...{ name: `${school.code} ${name} ${at}`, place: school.place, school: school.code, entryYearAdj },
  }));

const sitDown = async (pupils: readonly TestPupil[], name: string): Promise<void> => {
  await feed.tell(
    'enrollment',
    pupils.map((pupil) => told.registered(pupil)),
  );
  await feed.tell(
    'enrollment',
    pupils.map((pupil) =>
      envelope(ClassAssigned, idOf(pupil.name), 2, {
        ...{ person: idOf(pupil.name), place: pupil.place, province: '140000', school: pupil.school },
        ...{ enrollment: idOf(`${pupil.name} enrollment 1`), schoolClass: idOf(name) },
      }),
    ),
  );
};

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'], withoutWorkers: true });
  feed = feedOf(network.service('statistics'));
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await sitDown(classOf(schools.xiaodian, 'a', 56), 'a');
  await sitDown(classOf(schools.xiaodian, 'b', 30, 2024), 'b');
  await sitDown(classOf(schools.xiaodianSecond, 'c', 66), 'c');
  await sitDown(classOf(schools.yingze, 'd', 20), 'd');
});
afterAll(() => network.stop());

describe('sizes of classes', () => {
  test(holds('PRV-12', 'a county reads them of its schools, with those that are too large'), async () => {
    const sizes = await sizesFor('xiaodian', ['UNIT']);
    expect(sizes).toMatchObject({
      scope: '140105',
      total: { classes: 3, pupils: 152, large: 1, oversized: 1 },
    });
    expect(sizes.rows).toMatchObject([
      {
        keys: [{ label: '小店区知行小学' }],
        figures: { classes: 2, large: 1, oversized: 0, averageSize: 43 },
      },
      { keys: [{ label: '小店区明德小学' }], figures: { classes: 1, large: 0, oversized: 1 } },
    ]);
  });

  test('are read by stage and grade, and by those above as exactly', async () => {
    const sizes = await sizesFor('taiyuan', ['STAGE', 'GRADE']);
    expect(
      sizes.rows.map(({ keys, figures }) => [...keys.map(({ value }) => value), figures.classes]),
    ).toEqual([
      ['PRIMARY', '1', 3],
      ['PRIMARY', '2', 1],
    ]);
    expect((await sizesFor('ministry', [])).total).toEqual((await sizesFor('ministry', [], '140000')).total);
  });

  test(breaks('PRV-12', 'are not told of another county, nor by anything else'), async () => {
    expect((await ask('yingze', ['UNIT'], '140105')).errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    expect((await ask('yingze', ['GENDER'])).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('follow who leaves, and come out equal from a rebuild', async () => {
    const [first] = classOf(schools.xiaodianSecond, 'c', 66);
    if (first === undefined) throw new Error('nobody');
    await feed.tell('enrollment', [told.rejected(first, true, 3)]);
    expect((await sizesFor('xiaodian', [])).total).toMatchObject({ pupils: 151, large: 2, oversized: 0 });
    const { core } = network.service('statistics');
    const before = await checksum(core.worker, classProjection);
    await feed.serve();
    await replay(core.worker, core.bus, classProjection, silentLog);
    expect(await checksum(core.worker, classProjection)).toEqual(before);
  });
});
