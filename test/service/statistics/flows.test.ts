import { dataSchemaOf, type Envelope } from '#libs/contracts/envelope.ts';
import { EnrollmentHandedOver } from '#libs/contracts/events/enrollment.ts';
import {
  StudentGraduated,
  StudentResumed,
  StudentSuspended,
  StudentWithdrawn,
} from '#libs/contracts/events/enrollment-status.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { flowProjection } from '#services/statistics/flows/projection.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { envelope, idOf, plainMarks, type TestPupil, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, type TestSchool, unitsTold } from './nation.ts';

type Row = {
  keys: { value: string; label: string | null }[];
  count: number;
  entered: number | null;
  left: number | null;
  within: number | null;
};
type Balance = {
  opening: number;
  entered: number;
  left: number;
  closing: number;
  difference: number;
  balance: string;
  unbalanced: {
    imbalance: string;
    enrollment: string;
    counted: number;
    told: number;
    flows: { kind: string; day: string; case: string | null }[];
  }[];
};

let network: TestNetwork;
let feed: Feed;

const at = (event: Envelope, day: string): Envelope => ({ ...event, time: `${day}T09:00:00.000+08:00` });
const clerk = { sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read' } as const;
const people = {
  ministry: { ...clerk, level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] },
  taiyuan: { ...clerk, level: 'CITY', unit: '140100' },
  xiaodian: { ...clerk, level: 'COUNTY', unit: '140105' },
  yingze: { ...clerk, level: 'COUNTY', unit: '140106' },
  guardian: { ...clerk, level: 'NONE', roles: ['GUARDIAN'] },
} as const;

const ask = async <Data>(
  who: keyof typeof people,
  text: string,
  variables: Record<string, unknown>,
): Promise<Answer<Data>> => {
  const { roles, ...claims } = people[who];
  const token = await network.tokenFor({ ...claims, roles: [...roles] });
  return network.graphql<Data>('statistics', token, text, { ...spring, ...variables });
};
const spring = { from: '2026-03-01', to: '2026-07-31' };
const flowsOf = `query ($from: Date!, $to: Date!, $scope: ID, $by: [FlowDimension!]!, $filter: FlowFilter) {
  flowStatistics(from: $from, to: $to, scope: $scope, by: $by, filter: $filter) {
    rows { keys { value label } count entered left within } } }`;
const balanceOf = `query ($from: Date!, $to: Date!, $scope: ID) {
  conservation(from: $from, to: $to, scope: $scope) { opening entered left closing difference balance
    unbalanced { imbalance enrollment counted told flows { kind day case } } } }`;

const rowsFor = async (who: keyof typeof people, variables: Record<string, unknown>): Promise<Row[]> => {
  const { data, errors } = await ask<{ flowStatistics: { rows: Row[] } }>(who, flowsOf, variables);
  expect(errors).toEqual([]);
  return data?.flowStatistics.rows ?? [];
};
const plain = (rows: readonly Row[]) =>
  rows.map(({ keys, entered, left, within }) => [...keys.map(({ value }) => value), entered, left, within]);
const balanceFor = async (who: keyof typeof people, scope?: string, more = {}): Promise<Balance> => {
  const { data, errors } = await ask<{ conservation: Balance }>(who, balanceOf, { scope, ...more });
  expect(errors).toEqual([]);
  if (!data) throw new Error('no balance');
  return data.conservation;
};

const pupilOf = (name: string, { code, place }: TestSchool): TestPupil => ({ name, place, school: code });
const whereOf = ({ name, place, school }: TestPupil) => ({
  ...{ person: idOf(name), enrollment: idOf(`${name} enrollment 1`), school, place },
  province: `${Math.floor(place / 1e9)}0000`,
});
const position = { stage: 'PRIMARY' as const, entryYearAdj: 2026, lastGrade: 6, frozenAt: null };
type StatusKind = typeof StudentSuspended;
const changed = (kind: StatusKind, pupil: TestPupil, status: EnrollmentStatus, version: number) =>
  envelope(kind, idOf(pupil.name), version, {
    ...{ ...whereOf(pupil), status, position, case: idOf(`case of ${pupil.name}`) },
  });
const handedOver = (pupil: TestPupil, target: TestSchool, version: number): Envelope => {
  const { person, enrollment, school, place, province } = whereOf(pupil);
  const { frozenAt: _, ...grades } = position;
  return {
    ...envelope(EnrollmentHandedOver, person, version, {
      ...{ ...whereOf({ ...pupil, place: target.place, school: target.code }), ...grades },
      ...{ marks: plainMarks, status: 'IN_SCHOOL', reason: 'TRANSFER' },
      from: { enrollment, school, place, province },
    }),
    dataschema: dataSchemaOf(EnrollmentHandedOver),
  };
};

const xiaodian = Array.from({ length: 6 }, (_, nth) => pupilOf(`x${nth}`, schools.xiaodian));
const yingze = Array.from({ length: 3 }, (_, nth) => pupilOf(`y${nth}`, schools.yingze));
const [a, b, c, d, e] = xiaodian as [TestPupil, TestPupil, TestPupil, TestPupil, TestPupil];

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  network.clock.moveTo('2026-09-20T10:00:00+08:00');
  feed = feedOf(network.service('statistics'));
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await feed.tell('enrollment', [
    ...[...xiaodian, ...yingze].map((pupil) => at(told.registered(pupil), '2026-02-20')),
    at(handedOver(a, schools.yingze, 2), '2026-03-02'),
    at(handedOver(b, schools.beiguan, 2), '2026-03-05'),
    at(changed(StudentSuspended, c, 'SUSPENDED', 2), '2026-04-01'),
    at(changed(StudentResumed as unknown as StatusKind, c, 'IN_SCHOOL', 3), '2026-05-01'),
    at(changed(StudentWithdrawn as unknown as StatusKind, d, 'WITHDRAWN', 2), '2026-06-01'),
    at(changed(StudentGraduated as unknown as StatusKind, e, 'GRADUATED', 2), '2026-07-01'),
    at(told.registered(pupilOf('new', schools.xiaodianSecond)), '2026-07-02'),
  ]);
});
afterAll(() => network.stop());

describe('flows of a period', () => {
  test('tell by kind what came into a unit, out of it and about in it', async () => {
    expect(plain(await rowsFor('xiaodian', { by: ['KIND'] }))).toEqual([
      ['REGISTRATION', 1, 0, 0],
      ['TRANSFER', 0, 2, 0],
      ['GRADUATION', 0, 1, 0],
      ['WITHDRAWAL', 0, 1, 0],
      ['SUSPENSION', 0, 0, 1],
      ['RESUMPTION', 0, 0, 1],
    ]);
    expect(plain(await rowsFor('taiyuan', { by: ['UNIT', 'KIND'], filter: { kind: 'TRANSFER' } }))).toEqual([
      ['140105', 'TRANSFER', 0, 2, 0],
      ['140106', 'TRANSFER', 1, 0, 0],
    ]);
    expect(plain(await rowsFor('taiyuan', { by: ['KIND'], filter: { kind: 'TRANSFER' } }))).toEqual([
      ['TRANSFER', 0, 1, 1],
    ]);
  });

  test('tell of the days of the period alone, and by grade and gender', async () => {
    const april = { from: '2026-04-01', to: '2026-04-30', by: ['KIND', 'GRADE', 'GENDER'] };
    expect(plain(await rowsFor('xiaodian', april))).toEqual([['SUSPENSION', '1', 'MALE', 0, 0, 1]]);
  });

  test('are a matrix of origins and destinations: provinces for the ministry, what lies below for others', async () => {
    const by = ['ORIGIN', 'DESTINATION', 'KIND'];
    const pairs = async (who: keyof typeof people) =>
      (await rowsFor(who, { by })).map(({ keys, count }) => [...keys.map(({ value }) => value), count]);
    expect(await pairs('ministry')).toEqual([['140000', '410000', 'TRANSFER', 1]]);
    expect(await pairs('taiyuan')).toEqual([
      ['140105', '140106', 'TRANSFER', 1],
      ['140105', '410500', 'TRANSFER', 1],
    ]);
    expect(await pairs('yingze')).toEqual([['140105', schools.yingze.code, 'TRANSFER', 1]]);
  });

  test('cannot be asked backwards, into the future or as a matrix by grade: every problem is told', async () => {
    const { errors } = await ask('taiyuan', flowsOf, {
      ...{ from: '2027-01-02', to: '2027-01-01', by: ['ORIGIN', 'GRADE'] },
    });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      problems: [{ code: 'PERIOD_REVERSED' }, { code: 'PERIOD_TO_COME' }, { code: 'MATRIX_BY_KIND_ONLY' }],
    });
  });

  test('come out equal when they are rebuilt', async () => {
    const { core } = network.service('statistics');
    const kept = await checksum(core.worker, flowProjection);
    await feed.serve();
    await reset(core.worker, flowProjection);
    await replay(core.worker, core.bus, flowProjection, silentLog);
    expect(await checksum(core.worker, flowProjection)).toBe(kept);
  });

  test.each([
    ['yingze', '140105'],
    ['xiaodian', '140100'],
    ['guardian', '140105'],
  ] as const)(breaks('PRV-12', 'are not for %s asking for %s, nor is the balance'), async (who, scope) => {
    for (const text of [flowsOf, balanceOf]) {
      const { errors } = await ask(who, text, { scope, by: ['KIND'] });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_JURISDICTION']);
    }
  });

  test(holds('PRV-12', 'of other units are not yielded by the database'), async () => {
    const { core } = network.service('statistics');
    const own = { lo: 14_010_600_000, hi: 14_010_699_999, persons: [] };
    const seen = await inScope(core.app, own, (tx) =>
      query<{ name: string; n: string }>(
        tx,
        `select 'cells' as name, count(*) as n from flow_cell where place < $1 or place + width - 1 > $2
         union all select 'cases', count(*) from flow_case
         union all select 'pairs', count(*) from flow_pair`,
        [own.lo, own.hi],
      ),
    );
    expect(seen.map(({ name, n }) => [name, Number(n)])).toEqual([
      ['cells', 0],
      ['cases', 4],
      ['pairs', 2],
    ]);
  });
});

describe('the balance of a period', () => {
  test('opening + in - out = closing, of a school, a county, a city and the nation', async () => {
    const figures = { difference: 0, balance: 'BALANCED', unbalanced: [] };
    expect(await balanceFor('xiaodian', schools.xiaodian.code)).toEqual({
      ...{ opening: 6, entered: 0, left: 4, closing: 2 },
      ...figures,
    });
    expect(await balanceFor('xiaodian')).toMatchObject({ opening: 6, entered: 1, left: 4, closing: 3 });
    expect(await balanceFor('taiyuan')).toMatchObject({ opening: 9, entered: 1, left: 3, closing: 7 });
    expect(await balanceFor('ministry')).toMatchObject({ opening: 9, entered: 1, left: 2, closing: 8 });
    const march = { from: '2026-03-01', to: '2026-03-03' };
    expect(await balanceFor('xiaodian', undefined, march)).toMatchObject({ entered: 0, left: 1, closing: 5 });
  });

  test('names the registration whose flow was lost, and the one of whom too much is told', async () => {
    const { core } = network.service('statistics');
    const change = (text: string, values: unknown[]) =>
      asWorker(core.worker, (tx) => execute(tx, text, values));
    await change('delete from flow_case where person_id = $1 and kind = $2', [idOf(b.name), 'TRANSFER']);
    await change(
      `update flow_cell set n = n - 1
       where width = 1 and place = $1 and kind = 'TRANSFER' and day = '2026-03-05'`,
      [schools.xiaodian.place],
    );
    await change(
      `insert into flow_case (person_id, event_id, day, kind, source_place, enrollment, case_id)
       values ($1, $2, '2026-06-02', 'DEATH', $3, $4, $5)`,
      [idOf(c.name), idOf('twice'), schools.xiaodian.place, idOf('x2 enrollment 1'), idOf('case')],
    );
    const found = await balanceFor('xiaodian', schools.xiaodian.code);
    expect(found).toMatchObject({ difference: -1, balance: 'UNBALANCED' });
    expect(found.unbalanced).toEqual(
      expect.arrayContaining([
        {
          ...{ imbalance: 'MISSING_FLOW', enrollment: idOf(`${b.name} enrollment 1`), counted: -1, told: 0 },
          flows: [],
        },
        {
          ...{ imbalance: 'EXCESS_FLOW', enrollment: idOf(`${c.name} enrollment 1`), counted: 0, told: -1 },
          flows: expect.arrayContaining([{ kind: 'DEATH', day: '2026-06-02', case: idOf('case') }]),
        },
      ]),
    );
    expect(found.unbalanced).toHaveLength(2);
  });
});
