import { text } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { workOnJob } from '#services/statistics/jobs/job-worker.ts';
import { publishNext } from '#services/statistics/publication/publish.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { told } from './events.ts';
import { feedOf } from './feed.ts';
import { schools, schoolTold, unitsTold } from './nation.ts';

type Export = { id: string; format: string; rows: number; digest: string; url: string };
type Payload = { export: Export | null; findings: { ruleId: string; code: string }[] };

let network: TestNetwork;
let keys = 0;

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ roles: ['REGISTRAR'], scope: 'statistics:read' },
  ...{ sub: 'clerk', ...claims },
});
const people = {
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  colleague: staff({ sub: 'colleague', level: 'COUNTY', unit: '140105' }),
  yingze: staff({ sub: 'other', level: 'COUNTY', unit: '140106' }),
};
type Who = keyof typeof people;

const core = () => network.service('statistics').core;

const asked = async (who: Who, input: Record<string, unknown>) => {
  keys += 1;
  return network.graphql<{ exportStatistics: Payload }>(
    'statistics',
    await network.tokenFor(people[who]),
    `mutation ($input: ExportStatisticsInput!) { exportStatistics(input: $input) {
      export { id format rows digest url } findings { ruleId code } } }`,
    { input: { idempotencyKey: `export ${keys}`, format: 'CSV', purpose: '年度工作总结', ...input } },
  );
};

const made = async (who: Who, input: Record<string, unknown>): Promise<Export> => {
  const { data, errors } = await asked(who, input);
  expect(errors).toEqual([]);
  if (!data?.exportStatistics.export) throw new Error('no export');
  return data.exportStatistics.export;
};

const fetchAs = async (who: Who, { url }: Export): Promise<Response> => {
  const { pathname, search } = new URL(url);
  return fetch(new URL(pathname + search, network.service('statistics').url), {
    headers: { authorization: `Bearer ${await network.tokenFor(people[who])}` },
  });
};

const linesOf = async (response: Response): Promise<string[]> => {
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  return bytes.toString('utf8').slice(1).trimEnd().split('\r\n');
};

/** The parts of a workbook, by name. */
const partsOf = (bytes: Buffer): Promise<Map<string, string>> =>
  new Promise((resolve, reject) => {
    const parts = new Map<string, string>();
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry) =>
        zip.openReadStream(entry, async (_, stream) => {
          parts.set(entry.fileName, await text(stream));
          zip.readEntry();
        }),
      );
      zip.on('end', () => resolve(parts));
      zip.readEntry();
    });
  });

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'], withoutWorkers: true });
  const feed = feedOf(network.service('statistics'));
  await feed.serve();
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  const { xiaodian, xiaodianSecond } = schools;
  await feed.tell(
    'enrollment',
    [...Array(14)].map((_, at) => {
      const { code, place } = at < 9 ? xiaodian : xiaodianSecond;
      return told.registered({
        name: `${code} ${at}`,
        place,
        school: code,
        marks: { boarder: at % 2 === 0 },
      });
    }),
  );
  network.clock.moveTo('2026-10-02T09:00:00+08:00');
  await publishNext(core());
});
afterAll(() => network.stop());

describe('a table taken out as a file', () => {
  test(
    holds('PRV-13', 'is as its reader sees it, in CSV that a spreadsheet reads, and is on record'),
    async () => {
      const file = await made('xiaodian', { enrollment: { by: ['UNIT', 'STAGE'] } });
      const response = await fetchAs('xiaodian', file);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-disposition')).toBe('attachment; filename="statistics.csv"');
      expect(await linesOf(response)).toEqual([
        '单位代码,单位,学段,人数,约数取整',
        `${schools.xiaodian.code},小店区知行小学,小学,9,`,
        `${schools.xiaodianSecond.code},小店区明德小学,小学,5,`,
      ]);
      const lines = await asWorker(core().worker, (tx) =>
        query<{ operation: string }>(
          tx,
          'select operation from read_audit where operation like $1 order by id',
          [`%${file.id}`],
        ),
      );
      expect(lines.map(({ operation }) => operation)).toEqual([
        `exportStatistics ${file.id}`,
        `export ${file.id}`,
      ]);
    },
  );

  test('is told of when it is prepared and when it is fetched', async () => {
    const file = await made('xiaodian', { enrollment: { by: ['GENDER'] } });
    await fetchAs('xiaodian', file);
    const events = await asWorker(core().worker, (tx) =>
      query<{ type: string; data: { digest?: string } }>(
        tx,
        `select type, event -> 'data' as data from (
           select type, version, event from outbox where aggregate_id = $1
           union all select type, version, event from event_log where aggregate_id = $1) e order by version`,
        [`export:${file.id}`],
      ),
    );
    expect(events.map(({ type }) => type)).toEqual(['ExportPrepared', 'ExportDelivered']);
    expect(events[0]?.data).toMatchObject({
      kind: 'ENROLLMENT',
      unit: '140105',
      leaves: false,
      digest: file.digest,
    });
  });

  test(holds('STA-08', 'hides and rounds what the published table does'), async () => {
    const file = await made('xiaodian', { leaves: true, published: { table: 'UNITS_BY_STAGE' } });
    const lines = await linesOf(await fetchAs('xiaodian', file));
    expect(lines).toContain('110000,北京市,小学,<10*,');
    expect(lines.every((line) => !/,[1-9],/.test(line))).toBe(true);
  });

  test('comes as a workbook in which counts are numbers, with a sheet that says what it is', async () => {
    const file = await made('xiaodian', { format: 'XLSX', enrollment: { by: ['UNIT'] } });
    const parts = await partsOf(Buffer.from(await (await fetchAs('xiaodian', file)).arrayBuffer()));
    expect(parts.get('xl/worksheets/sheet1.xml')).toContain('小店区知行小学</t></is></c><c><v>9</v></c>');
    expect(parts.get('xl/worksheets/sheet2.xml')).toContain('年度工作总结');
    expect(parts.get('[Content_Types].xml')).toContain('sheet2.xml');
  });

  test('may be what a long question came to', async () => {
    const { data } = await network.graphql<{ requestStatistics: { job: { id: string } } }>(
      'statistics',
      await network.tokenFor(people.xiaodian),
      `mutation { requestStatistics(input: { idempotencyKey: "j", purpose: "核对", by: [BOARDER, MIGRANT] }) { job { id } } }`,
    );
    const job = data?.requestStatistics.job.id;
    expect((await asked('xiaodian', { job })).errors[0]?.extensions.code).toBe('NOT_FOUND');
    await workOnJob(core());
    expect((await linesOf(await fetchAs('xiaodian', await made('xiaodian', { job })))).length).toBe(3);
  });

  test.each([
    [
      ...['flows', { from: '2026-09-01', to: '2026-10-02', by: ['KIND'] }],
      ['流动种类,进入,离开,内部变动,人次', '新建学籍,14,0,0,14'],
    ],
    [
      ...['flows', { from: '2026-09-01', to: '2026-10-02', by: ['ORIGIN', 'DESTINATION'] }],
      ['来源地代码,来源地,去向代码,去向,人次'],
    ],
    [
      ...['classes', { by: ['STAGE'] }],
      [
        '学段,班级数,学生数,平均班额,25人及以下,26至35人,36至45人,46至55人,56至65人（大班额）,66人及以上（超大班额）',
      ],
    ],
    [
      ...['dropouts', { schoolYear: 2026, term: 1 }],
      [
        '单位代码,单位,自,至,线索,标注辍学,书面报告,核实消除,返校,返校稳定,超过义务教育年龄',
        ',合计,,,0,0,0,0,0,0,0',
      ],
    ],
  ] as const)('may be of %s, with the figures of these', async (table, question, lines) => {
    const file = await made('xiaodian', { [table]: question });
    expect(await linesOf(await fetchAs('xiaodian', file))).toEqual(lines);
    const refused = await asked('xiaodian', { [table]: question, leaves: true });
    expect(refused.data?.exportStatistics.findings).toMatchObject([{ code: 'OUTPUT_NOT_MASKED' }]);
    const other = await asked('yingze', { [table]: { ...question, scope: '140105' } });
    expect(other.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
  });

  test(breaks('PRV-04', 'does not leave the unit with exact counts'), async () => {
    const { data } = await asked('xiaodian', { leaves: true, enrollment: { by: ['UNIT'] } });
    expect(data?.exportStatistics.export).toBeNull();
    expect(data?.exportStatistics.findings).toMatchObject([{ code: 'OUTPUT_NOT_MASKED' }]);
  });

  test(breaks('PRV-13', 'is not made without a purpose'), async () => {
    const { data } = await asked('xiaodian', { purpose: null, enrollment: { by: [] } });
    expect(data?.exportStatistics).toMatchObject({ export: null, findings: [{ code: 'PURPOSE_MISSING' }] });
  });

  test(breaks('PRV-12', 'is of the own unit, and is fetched by nobody else'), async () => {
    const other = await asked('yingze', { enrollment: { scope: '140105', by: ['UNIT'] } });
    expect(other.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
    const file = await made('xiaodian', { enrollment: { by: ['UNIT'] } });
    for (const who of ['yingze', 'colleague'] as const) expect((await fetchAs(who, file)).status).toBe(403);
    const bare = { ...file, url: file.url.replace(/\?.*/, '') };
    expect((await fetchAs('xiaodian', bare)).status).toBe(403);
  });

  test('is one table: none and two are refused', async () => {
    expect((await asked('xiaodian', {})).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const two = { enrollment: { by: [] }, published: { table: 'UNITS_BY_STAGE' } };
    expect((await asked('xiaodian', two)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
