import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { ticketProjection } from '#services/statistics/tickets/projection.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';
import { complaintOf, slipOf } from './ticket-events.ts';

type Figures = {
  unit: string;
  name: string | null;
  filed: number;
  answeredInTime: number;
  answeredLate: number;
  overdue: number;
  escalated: number;
  oldestDueOn: string | null;
  byKind: { kind: string; filed: number }[];
  missedByClock: { clock: string; count: number }[];
};
type Statistics = {
  scope: string;
  month: string;
  total: Figures;
  rows: Figures[];
  levels: (Figures & { level: string })[];
};
type Answered = { ticketStatistics: Statistics | null };

let network: TestNetwork;
let feed: Feed;

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['DECISION_MAKER'], scope: 'statistics:read' },
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000' }),
  shanxi: staff({ level: 'PROVINCE', unit: '140000' }),
  henan: staff({ level: 'PROVINCE', unit: '410000' }),
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
  school: staff({ level: 'SCHOOL', school: schools.xiaodian.code }),
  guardian: staff({ level: 'NONE', roles: ['GUARDIAN'] }),
} as const;

const figures =
  'filed answeredInTime answeredLate overdue escalated oldestDueOn byKind { kind filed } missedByClock { clock count }';
const operation = `query ($month: Month!, $scope: ID) { ticketStatistics(month: $month, scope: $scope) {
  scope month total { unit name ${figures} } rows { unit name ${figures} } levels { level ${figures} } } }`;

const ask = async (who: keyof typeof people, variables: Record<string, unknown>): Promise<Answer<Answered>> =>
  network.graphql<Answered>('statistics', await network.tokenFor(people[who]), operation, variables);
const told = async (who: keyof typeof people, more: Record<string, unknown> = {}): Promise<Statistics> => {
  const { data, errors } = await ask(who, { month: '2026-09', ...more });
  if (!data?.ticketStatistics) throw new Error(`not told: ${JSON.stringify(errors)}`);
  return data.ticketStatistics;
};
const codeOf = ({ errors }: Answer<unknown>) => errors.map(({ extensions }) => extensions.code);

/** Answered in its county; up from county to city; of the other province; open. And slips: of a school late, of a county open. */
const swift = complaintOf('swift');
const risen = complaintOf('risen');
const henan = complaintOf('of Henan');
const slow = slipOf('slow', '140105', schools.xiaodian);
const lying = slipOf('lying', '140100', '140105');

const september = [
  swift.filed('140105', '2026-09-02', '2026-09-16'),
  swift.closed('140105', '2026-09-16'),
  risen.filed('140105', '2026-09-02', '2026-09-16'),
  henan.filed('410503', '2026-09-03', '2026-09-17'),
  slow.issued('2026-09-02', '2026-09-09'),
  slow.missed('2026-09-09', '2026-09-10'),
  lying.issued('2026-09-02', '2026-09-11'),
  risen.missed('140105', 'ACKNOWLEDGE', '2026-09-07', '2026-09-08'),
  slow.answered('2026-09-14'),
  lying.missed('2026-09-11', '2026-09-12'),
  risen.missed('140100', 'HANDLE', '2026-09-16', '2026-09-17'),
  risen.wentUp('140105', '140100', '2026-09-17'),
];

const worker = () => network.service('statistics').core.worker;

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  network.clock.moveTo('2026-09-30T09:00:00+08:00');
  feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('complaint-ticket', september, 5);
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
});
afterAll(() => network?.stop());

describe('the figures of complaints and slips', () => {
  test('tell a county what was filed with it, answered, missed and overdue, its schools beside', async () => {
    const { total, rows } = await told('xiaodian');
    expect(total).toMatchObject({
      ...{ unit: '140105', filed: 4, answeredInTime: 1, answeredLate: 1, overdue: 1, escalated: 1 },
      oldestDueOn: '2026-09-11',
      byKind: [
        { kind: 'COMPLAINT', filed: 2 },
        { kind: 'SUPERVISION', filed: 2 },
      ],
    });
    expect(total.name).toBe('小店区');
    expect(total.missedByClock.toSorted((a, b) => (a.clock < b.clock ? -1 : 1))).toEqual([
      { clock: 'ACKNOWLEDGE', count: 1 },
      { clock: 'HANDLE', count: 1 },
      { clock: 'SLIP', count: 2 },
    ]);
    expect(rows.map(({ unit, filed, answeredLate }) => [unit, filed, answeredLate])).toEqual([
      ['140105', 3, 0],
      [schools.xiaodian.code, 1, 1],
    ]);
    expect(rows[1]?.name).toBe(schools.xiaodian.name);
  });

  test('tell the ministry of every province, and by the level of who had them', async () => {
    const { total, rows, levels } = await told('ministry');
    expect(total).toMatchObject({ unit: '000000', filed: 5, escalated: 1, overdue: 1 });
    expect(rows.map(({ unit, filed }) => [unit, filed])).toEqual([
      ['140000', 4],
      ['410000', 1],
    ]);
    expect(
      levels.map(({ level, filed, answeredLate, escalated }) => [level, filed, answeredLate, escalated]),
    ).toEqual([
      ['SCHOOL', 1, 1, 0],
      ['COUNTY', 4, 0, 1],
    ]);
    const down = await told('ministry', { scope: '140100' });
    expect(down.rows.map(({ unit, overdue }) => [unit, overdue])).toEqual([['140105', 1]]);
  });

  test('are of the month in which it happened; what is overdue stands in every month since', async () => {
    network.clock.moveTo('2026-10-12T09:00:00+08:00');
    await feed.tell('complaint-ticket', [risen.closed('140100', '2026-10-08')]);
    const october = { month: '2026-10' };
    expect((await told('taiyuan', october)).total).toMatchObject({
      ...{ filed: 0, answeredInTime: 1, answeredLate: 0, escalated: 0, overdue: 1 },
      oldestDueOn: '2026-09-11',
    });
    expect((await told('taiyuan', { month: '2026-08' })).total).toMatchObject({ filed: 0, overdue: 0 });
    expect((await told('taiyuan')).total).toMatchObject({ filed: 4, answeredInTime: 1, escalated: 1 });
    expect(codeOf(await ask('taiyuan', { month: '2026-11' }))).toEqual(['BAD_USER_INPUT']);
  });

  test('are nobody’s who stands beside or below: a unit sees its own subtree, and no other is there', async () => {
    expect((await told('yingze')).total).toMatchObject({ filed: 0, overdue: 0 });
    expect((await told('school')).total).toMatchObject({ filed: 1, answeredLate: 1 });
    for (const [who, scope] of [
      ['henan', '140000'],
      ['shanxi', '410000'],
      ['shanxi', '000000'],
      ['yingze', '140105'],
      ['xiaodian', '140100'],
      ['school', '140105'],
      ['xiaodian', '999999'],
    ] as const)
      expect([who, scope, codeOf(await ask(who, { month: '2026-09', scope }))]).toEqual([
        ...[who, scope, ['OUT_OF_JURISDICTION']],
      ]);
    expect(codeOf(await ask('guardian', { month: '2026-09' }))).not.toEqual([]);
  });

  test('are cut by the rows themselves: a request reads the counts of its range, and no ticket at all', async () => {
    const { app } = network.service('statistics').core;
    const own = { lo: 41_000_000_000, hi: 41_999_999_999, persons: [] };
    const places = await inScope(app, own, (tx) =>
      query<{ place: string; width: string }>(tx, 'select distinct place, width from ticket_cell'),
    );
    expect(places.map(({ place }) => Number(place) >= own.lo && Number(place) <= own.hi)).not.toContain(
      false,
    );
    expect(places).not.toEqual([]);
    await expect(inScope(app, own, (tx) => query(tx, 'select 1 from ticket_due'))).rejects.toThrow(
      'permission denied',
    );
  });

  test('come out equal when they are rebuilt from the log', async () => {
    const before = await checksum(worker(), ticketProjection);
    await reset(worker(), ticketProjection);
    expect(await checksum(worker(), ticketProjection)).not.toBe(before);
    await replay(worker(), network.service('statistics').core.bus, ticketProjection, silentLog);
    expect(await checksum(worker(), ticketProjection)).toBe(before);
  });
});
