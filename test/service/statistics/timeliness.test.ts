import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { checksum, replay } from '#libs/platform/events/rebuild.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { digestOf, issueNext } from '#services/statistics/timeliness/issue.ts';
import { timelinessProjection } from '#services/statistics/timeliness/projection.ts';
import { type Answer, startNetwork, type TestNetwork } from '#test/support/network.ts';
import { reset } from '#test/support/reset.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';
import { registrationRefused, transferOf } from './transfer-events.ts';

type Figures = {
  unit: string;
  name: string | null;
  steps: number;
  doneInTime: number;
  becameOverdue: number;
  overdue: number;
  oldestDueOn: string | null;
  longestDaysLate: number | null;
  blockedRefusals: number;
  blockedByRule: { ruleId: string; count: number }[];
};
type Page<Node> = { edges: { cursor: string; node: Node }[]; pageInfo: { hasNextPage: boolean } };
type Step = { transfer: string; party: string; unit: string; reportDueOn: string; daysLate: number };
type Report = {
  scope: string;
  month: string;
  issuedAt: string | null;
  digest: string | null;
  total: Figures;
  rows: Figures[];
  namedUnits: Page<Figures> | null;
  overdueSteps: Page<Step & { finding: { ruleId: string; basis: { article: string }[] } }> | null;
  unitsWithoutCalendar: Page<Untold> | null;
  findings: { ruleId: string }[];
};
type Untold = {
  unit: string;
  name: string | null;
  steps: number;
  since: string;
  finding: { ruleId: string };
};
type Answered = { timelinessReport: Report | null };

let network: TestNetwork;
let feed: Feed;

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read student:read' },
  ...claims,
});
const people = {
  ministry: staff({ level: 'MINISTRY', unit: '000000', roles: ['DECISION_MAKER'] }),
  shanxi: staff({ level: 'PROVINCE', unit: '140000' }),
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
  school: staff({ level: 'SCHOOL', school: schools.xiaodian.code }),
  teacher: staff({ level: 'SCHOOL', school: schools.xiaodian.code, roles: ['CLASS_TEACHER'] }),
  guardian: staff({ level: 'NONE', roles: ['GUARDIAN'] }),
} as const;

const figures = `unit name steps doneInTime becameOverdue overdue oldestDueOn longestDaysLate blockedRefusals
  blockedByRule { ruleId count }`;
const operation = `query ($month: Month!, $scope: ID, $first: Int, $after: String) {
  timelinessReport(month: $month, scope: $scope) {
    scope month issuedAt digest total { ${figures} } rows { ${figures} } findings { ruleId }
    namedUnits(first: $first, after: $after) { edges { cursor node { ${figures} } } pageInfo { hasNextPage } }
    unitsWithoutCalendar { edges { cursor node { unit name steps since finding { ruleId } } } pageInfo { hasNextPage } }
    overdueSteps { edges { cursor node { transfer party unit reportDueOn daysLate
      finding { ruleId basis { article } } } } pageInfo { hasNextPage } }
  }
}`;

const ask = async (who: keyof typeof people, variables: Record<string, unknown>): Promise<Answer<Answered>> =>
  network.graphql<Answered>('statistics', await network.tokenFor(people[who]), operation, variables);
const reportFor = async (
  who: keyof typeof people,
  month: string,
  more: Record<string, unknown> = {},
): Promise<Report> => {
  const { data, errors } = await ask(who, { month, ...more });
  const report = data?.timelinessReport;
  if (!report) throw new Error(`no report: ${JSON.stringify(errors)}`);
  return report;
};
const codeOf = ({ errors }: Answer<unknown>) => errors.map(({ extensions }) => extensions.code);
const nodes = <Node>(page: Page<Node> | null): Node[] => page?.edges.map(({ node }) => node) ?? [];

/** Stuck at a school of Xiaodian from the first; decided in time; decided late; purged; across the border of two cities. */
const stuck = transferOf('stuck', schools.xiaodian, schools.yingze);
const swift = transferOf('swift', schools.xiaodian, schools.yingze);
const slow = transferOf('slow', schools.xiaodianSecond, schools.yingze);
const gone = transferOf('gone', schools.beiguan, schools.city);
/** Of a school whose county has not entered its terms: what the vacations leave of ten working days cannot be told. */
const draft = transferOf('draft', schools.xiaodian, schools.yingze);
const untold = transferOf('untold', schools.xiaodianSecond, schools.yingze);

const september = [
  stuck.opened('TARGET_SCHOOL', '2026-09-01', '2026-09-15'),
  stuck.started('2026-09-02'),
  stuck.opened('SOURCE_SCHOOL', '2026-09-02', '2026-09-16'),
  swift.opened('SOURCE_SCHOOL', '2026-09-02', '2026-09-16'),
  swift.decided('SOURCE_SCHOOL', '2026-09-16'),
  swift.opened('SOURCE_AUTHORITY', '2026-09-16', '2026-10-09'),
  swift.opened('TARGET_AUTHORITY', '2026-09-16', '2026-10-09'),
  slow.opened('SOURCE_SCHOOL', '2026-09-02', '2026-09-16'),
  stuck.late('SOURCE_SCHOOL', '2026-09-16', '2026-09-17'),
  slow.late('SOURCE_SCHOOL', '2026-09-16', '2026-09-17'),
  slow.decided('SOURCE_SCHOOL', '2026-09-28'),
  gone.opened('SOURCE_SCHOOL', '2026-09-07', '2026-09-21'),
  gone.late('SOURCE_SCHOOL', '2026-09-21', '2026-09-22'),
  draft.opened('TARGET_SCHOOL', '2026-09-01', '2026-09-15', true),
  untold.opened('SOURCE_SCHOOL', '2026-09-02', '2026-09-16', true),
  stuck.blocked('SOURCE_SCHOOL', '2026-09-10', ['ID-06']),
  stuck.blocked('SOURCE_SCHOOL', '2026-09-11', ['ID-06', 'TRF-22']),
];
const october = [
  swift.decided('SOURCE_AUTHORITY', '2026-10-08'),
  swift.late('TARGET_AUTHORITY', '2026-10-09', '2026-10-10'),
  stuck.decided('SOURCE_SCHOOL', '2026-10-08'),
  gone.purged('2026-10-12'),
];

const worker = () => network.service('statistics').core.worker;

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'] });
  network.clock.moveTo('2026-09-30T09:00:00+08:00');
  feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('transfer', september, 4);
  await feed.tell('enrollment', [registrationRefused('refused', schools.xiaodian, '2026-09-05', ['ENR-05'])]);
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
});
afterAll(() => network.stop());

describe('the monthly report while it runs', () => {
  test(
    breaks('STA-01', 'names the schools that did not decide, and for how long they are late'),
    async () => {
      const { total, rows, namedUnits, issuedAt } = await reportFor('xiaodian', '2026-09');
      expect(issuedAt).toBeNull();
      expect(total).toMatchObject({
        steps: 3,
        doneInTime: 1,
        becameOverdue: 2,
        overdue: 1,
        longestDaysLate: 14,
      });
      expect(rows.map(({ unit, becameOverdue, overdue }) => [unit, becameOverdue, overdue])).toEqual([
        ['140105', 0, 0],
        [schools.xiaodian.code, 1, 1],
        [schools.xiaodianSecond.code, 1, 0],
      ]);
      expect(nodes(namedUnits)).toMatchObject([
        { unit: schools.xiaodian.code, name: '小店区知行小学', doneInTime: 1, oldestDueOn: '2026-09-16' },
        { unit: schools.xiaodianSecond.code, overdue: 0, oldestDueOn: null, longestDaysLate: null },
      ]);
    },
  );

  test(holds('STA-01', 'names nobody who decided in time'), async () => {
    const { total, namedUnits } = await reportFor('yingze', '2026-09');
    expect(total).toMatchObject({ steps: 1, doneInTime: 1, becameOverdue: 0, overdue: 0 });
    expect(nodes(namedUnits)).toEqual([]);
  });

  test(breaks('ORG-28', 'lists by name who cannot be told to be late, for want of a calendar'), async () => {
    for (const who of ['xiaodian', 'taiyuan', 'ministry'] as const) {
      expect(nodes((await reportFor(who, '2026-09')).unitsWithoutCalendar)).toMatchObject([
        {
          ...{ unit: schools.xiaodianSecond.code, steps: 1, since: '2026-09-16' },
          finding: { ruleId: 'ORG-28' },
        },
      ]);
    }
  });

  test(holds('ORG-28', 'and nobody whose days are known, nor one of another place'), async () => {
    for (const who of ['yingze', 'school'] as const)
      expect(nodes((await reportFor(who, '2026-09')).unitsWithoutCalendar)).toEqual([]);
  });

  test('adds up from schools to counties, cities, provinces and the nation', async () => {
    expect((await reportFor('taiyuan', '2026-09')).rows).toMatchObject([
      { unit: '140105', becameOverdue: 2 },
      { unit: '140106', becameOverdue: 0, doneInTime: 1 },
    ]);
    const nation = await reportFor('ministry', '2026-09');
    expect(nation.total).toMatchObject({ doneInTime: 2, becameOverdue: 3, overdue: 2 });
    expect(nation.rows.map(({ unit, overdue }) => [unit, overdue])).toEqual([
      ['140000', 1],
      ['410000', 1],
    ]);
  });

  test('lists named units page by page in the order of the tree', async () => {
    const first = await reportFor('ministry', '2026-09', { first: 1 });
    expect(first.namedUnits?.pageInfo.hasNextPage).toBe(true);
    const after = first.namedUnits?.edges[0]?.cursor;
    const rest = await reportFor('ministry', '2026-09', { first: 5, after });
    expect(nodes(rest.namedUnits).map(({ unit }) => unit)).toEqual([
      schools.xiaodianSecond.code,
      schools.beiguan.code,
    ]);
  });

  test(
    breaks('STA-10', 'shows the cases that are late and undecided, with unit, day and article'),
    async () => {
      const { overdueSteps } = await reportFor('xiaodian', '2026-09');
      expect(nodes(overdueSteps)).toMatchObject([
        {
          ...{ transfer: stuck.transfer, party: 'SOURCE_SCHOOL', unit: schools.xiaodian.code },
          ...{ reportDueOn: '2026-09-16', daysLate: 14 },
          finding: { ruleId: 'STA-10', basis: [{ article: '附件1第三部分第7点' }] },
        },
      ]);
    },
  );

  test(holds('STA-10', 'shows no case that was decided, and none to who may not read it'), async () => {
    expect(nodes((await reportFor('yingze', '2026-09')).overdueSteps)).toEqual([]);
    const ministry = await ask('ministry', { month: '2026-09' });
    expect(ministry.data?.timelinessReport?.overdueSteps).toBeNull();
    expect(codeOf(ministry)).toHaveLength(1);
  });

  test(breaks('STA-11', 'counts blocked refusals by unit and by rule, from whichever service'), async () => {
    const { total, rows, findings } = await reportFor('xiaodian', '2026-09');
    expect(total).toMatchObject({ blockedRefusals: 3 });
    expect(total.blockedByRule).toEqual([
      { ruleId: 'ENR-05', count: 1 },
      { ruleId: 'ID-06', count: 2 },
      { ruleId: 'TRF-22', count: 1 },
    ]);
    expect(rows.map(({ blockedRefusals }) => blockedRefusals)).toEqual([1, 2, 0]);
    expect(findings.map(({ ruleId }) => ruleId)).toEqual(['STA-11']);
  });

  test(holds('STA-11', 'and nothing where nothing was blocked'), async () => {
    const { total, findings } = await reportFor('yingze', '2026-09');
    expect([total.blockedRefusals, total.blockedByRule, findings]).toEqual([0, [], []]);
  });

  test(
    breaks('PRV-12', 'is nobody’s who does not manage the unit: another county, teacher, family'),
    async () => {
      const outside = ['OUT_OF_JURISDICTION'];
      expect(codeOf(await ask('yingze', { month: '2026-09', scope: '140105' }))).toEqual(outside);
      expect(codeOf(await ask('school', { month: '2026-09', scope: schools.xiaodianSecond.code }))).toEqual(
        outside,
      );
      expect(codeOf(await ask('school', { month: '2026-09', scope: '140105' }))).toEqual(outside);
      for (const who of ['teacher', 'guardian'] as const) {
        expect(codeOf(await ask(who, { month: '2026-09' }))).toHaveLength(1);
      }
    },
  );

  test(holds('PRV-12', 'is read by the school itself, and by those above'), async () => {
    const own = await reportFor('school', '2026-09');
    expect(own).toMatchObject({ scope: schools.xiaodian.code, total: { becameOverdue: 1, overdue: 1 } });
    expect(nodes(own.overdueSteps)).toHaveLength(1);
    const above = await reportFor('shanxi', '2026-09', { scope: schools.xiaodian.code });
    expect(above.total).toEqual(own.total);
  });

  test('of a month to come is refused', async () => {
    expect(codeOf(await ask('xiaodian', { month: '2026-10' }))).toEqual(['BAD_USER_INPUT']);
  });
});

describe('the monthly report once it is issued', () => {
  /** The months that stand issued, after the worker has looked. */
  const issuedMonths = async (): Promise<string[]> => {
    await issueNext(network.service('statistics').core);
    const rows = await asWorker(worker(), (tx) =>
      query<{ month: string }>(tx, 'select month::text from issued_report order by month'),
    );
    return rows.map(({ month }) => month);
  };
  const moveTo = (day: string) => network.clock.moveTo(`${day}T09:00:00+08:00`);
  let issued: Report;

  test('waits for the fifth working day of the next month, and for what has not arrived', async () => {
    await feed.tell('transfer', october);
    moveTo('2026-10-12');
    expect(await issuedMonths()).toEqual([]);
    const late = registrationRefused('on its way', schools.xiaodian, '2026-09-30', ['ID-06']);
    feed.logs.enrollment.push(late);
    moveTo('2026-10-13');
    expect(await issuedMonths()).toEqual([]);
    const setAside = (text: string) => asWorker(worker(), (tx) => query(tx, text));
    await setAside(
      `insert into inbox_parked values ('timeliness', 'transfer', 1, 'a', '{}', 'fault', now())`,
    );
    feed.logs.enrollment.pop();
    expect(await issuedMonths()).toEqual([]);
    await setAside(`delete from inbox_parked where consumer = 'timeliness'`);
    expect(await issuedMonths()).toEqual(['2026-09-01']);
    expect(await issuedMonths()).toEqual(['2026-09-01']);
  });

  test(breaks('STA-01', 'stands as of the end of its month, whatever was decided since'), async () => {
    issued = await reportFor('xiaodian', '2026-09');
    expect(issued.issuedAt).toBe('2026-10-13T09:00:00.000+08:00');
    expect(issued.total).toMatchObject({ doneInTime: 1, becameOverdue: 2, overdue: 1, blockedRefusals: 3 });
    expect(issued.total).toMatchObject({ oldestDueOn: '2026-09-16', longestDaysLate: 14 });
    expect(nodes(issued.overdueSteps)).toMatchObject([{ transfer: stuck.transfer, daysLate: 14 }]);
    expect(nodes(issued.unitsWithoutCalendar)).toMatchObject([
      { unit: schools.xiaodianSecond.code, steps: 1, since: '2026-09-16' },
    ]);
    expect((await reportFor('ministry', '2026-09')).total).toMatchObject({ becameOverdue: 3, overdue: 2 });
  });

  test('is read again exactly, whatever is told later, and its digest proves it', async () => {
    await feed.tell('enrollment', [registrationRefused('late', schools.xiaodian, '2026-09-30', ['ID-06'])]);
    moveTo('2026-11-02');
    expect(await reportFor('xiaodian', '2026-09')).toEqual(issued);
    expect(await asWorker(worker(), (tx) => digestOf(tx, '2026-09'))).toBe(issued.digest);
  });

  test('cannot be altered by the service itself', async () => {
    const alter = asWorker(worker(), (tx) => query(tx, 'update issued_cell set n = n + 1'));
    await expect(alter).rejects.toMatchObject({ code: '42501' });
    const take = asWorker(worker(), (tx) => query(tx, 'delete from issued_report'));
    await expect(take).rejects.toMatchObject({ code: '42501' });
  });

  test('is told with its figures for the nation', async () => {
    const [told] = await asWorker(worker(), (tx) =>
      query<{ data: Record<string, unknown> }>(
        tx,
        `select event -> 'data' as data from (select type, event from outbox union all select type, event from event_log) e
         where type = 'MonthlyReportIssued'`,
      ),
    );
    expect(told?.data).toMatchObject({
      ...{ month: '2026-09-01', doneInTime: 2, becameOverdue: 3, overdue: 2, blockedRefusals: 3 },
      digest: issued.digest,
    });
  });

  test('of the next month counts who was late in it, and no longer who has decided', async () => {
    const { total, namedUnits } = await reportFor('yingze', '2026-10');
    expect(total).toMatchObject({ doneInTime: 0, becameOverdue: 1, overdue: 1 });
    expect(nodes(namedUnits)).toMatchObject([{ unit: '140106', oldestDueOn: '2026-10-09' }]);
    expect((await reportFor('xiaodian', '2026-10')).total).toMatchObject({ doneInTime: 1, overdue: 0 });
    expect((await reportFor('ministry', '2026-10')).total).toMatchObject({ becameOverdue: 1, overdue: 1 });
  });

  test('its running part comes out equal when it is rebuilt from the logs', async () => {
    const before = await checksum(worker(), timelinessProjection);
    await reset(worker(), timelinessProjection);
    await replay(worker(), network.service('statistics').core.bus, timelinessProjection, silentLog);
    expect(await checksum(worker(), timelinessProjection)).toBe(before);
    expect(await reportFor('xiaodian', '2026-09')).toEqual(issued);
  });
});
