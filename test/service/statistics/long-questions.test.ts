import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { heldJob, leaseJob } from '#services/statistics/jobs/job-rows.ts';
import { workOnJob } from '#services/statistics/jobs/job-worker.ts';
import { startNetwork, type TestNetwork } from '#test/support/network.ts';
import { breaks, holds } from '#test/support/rules.ts';
import type { TestClaims } from '#test/support/tokens.ts';
import { idOf, told } from './events.ts';
import { type Feed, feedOf } from './feed.ts';
import { schools, schoolTold, type TestSchool, unitsTold } from './nation.ts';

type Job = {
  id: string;
  state: string;
  progress: number;
  counted: number;
  agrees: boolean | null;
  version: number;
  allowedActions: string[];
  result: { total: number; rows: { keys: { value: string }[]; count: number }[] } | null;
};
type Payload = { job: Job | null; findings: { ruleId: string; code: string }[] };

let network: TestNetwork;
let feed: Feed;
let keys = 0;

const staff = (claims: Partial<TestClaims>): TestClaims => ({
  ...{ sub: 'clerk', roles: ['REGISTRAR'], scope: 'statistics:read' },
  ...claims,
});
const people = {
  taiyuan: staff({ level: 'CITY', unit: '140100' }),
  xiaodian: staff({ level: 'COUNTY', unit: '140105' }),
  yingze: staff({ level: 'COUNTY', unit: '140106' }),
};
type Who = keyof typeof people;

const fields = `id state progress counted agrees version allowedActions
  result { total rows { keys { value } count } }`;
const core = () => network.service('statistics').core;

const graphql = async <Data>(who: Who, operation: string, variables: Record<string, unknown>) =>
  network.graphql<Data>('statistics', await network.tokenFor(people[who]), operation, variables);

const request = (who: Who, input: Record<string, unknown>) => {
  keys += 1;
  return graphql<{ requestStatistics: Payload }>(
    who,
    `mutation ($input: RequestStatisticsInput!) { requestStatistics(input: $input) {
      job { ${fields} } findings { ruleId code } } }`,
    { input: { idempotencyKey: `job ${keys}`, purpose: '分析寄宿需求', ...input } },
  );
};

const requested = async (who: Who, input: Record<string, unknown>): Promise<Job> => {
  const { data, errors } = await request(who, input);
  expect(errors).toEqual([]);
  const job = data?.requestStatistics.job;
  if (!job) throw new Error('no job');
  return job;
};

const jobOf = (who: Who, id: string) =>
  graphql<{ statisticsJob: Job | null }>(who, `query ($id: ID!) { statisticsJob(id: $id) { ${fields} } }`, {
    id,
  });

const seen = async (who: Who, id: string): Promise<Job> => {
  const { data, errors } = await jobOf(who, id);
  expect(errors).toEqual([]);
  if (!data?.statisticsJob) throw new Error('no job');
  return data.statisticsJob;
};

const cancel = (who: Who, { id, version }: Job) =>
  graphql<{ cancelStatistics: Payload }>(
    who,
    `mutation ($input: CancelStatisticsInput!) { cancelStatistics(input: $input) { job { ${fields} } } }`,
    { input: { idempotencyKey: `cancel ${id} ${version}`, job: id, expectedVersion: version } },
  );

const register = (school: TestSchool, n: number) =>
  feed.tell(
    'enrollment',
    Array.from({ length: n }, (_, at) =>
      told.registered({
        ...{
          name: `${school.code} ${at}`,
          place: school.place,
          school: school.code,
          entryYearAdj: 2025 - (at % 2),
        },
        marks: { boarder: at % 2 === 0, migrant: at % 3 === 0 },
      }),
    ),
  );

const plain = ({ result }: Job) =>
  result?.rows.map(({ keys: own, count }) => [...own.map(({ value }) => value), count]);

beforeAll(async () => {
  network = await startNetwork({ services: ['statistics'], withoutWorkers: true });
  feed = feedOf(network.service('statistics'));
  await feed.tell('organization', [...unitsTold(), ...Object.values(schools).map(schoolTold)]);
  await register(schools.xiaodian, 12);
  await register(schools.xiaodianSecond, 6);
  await register(schools.yingze, 6);
});
afterAll(() => network.stop());

describe('a question for which no table is kept', () => {
  test('is refused at once, and told that a job would answer it', async () => {
    const { errors } = await graphql(
      'xiaodian',
      '{ enrollmentStatistics(by: [BOARDER, MIGRANT]) { total } }',
      {},
    );
    expect(errors[0]?.extensions).toMatchObject({
      ...{ code: 'COST_ESTIMATED_TOO_EXPENSIVE', instead: 'requestStatistics' },
    });
  });

  test(holds('PRV-13', 'is answered by a job, pupil by pupil, and is on record'), async () => {
    const job = await requested('xiaodian', { by: ['UNIT', 'GRADE', 'BOARDER', 'MIGRANT'] });
    expect(job).toMatchObject({ state: 'WAITING', progress: 0, result: null, allowedActions: ['CANCEL'] });
    expect(await workOnJob(core(), 5)).toBe(true);
    const done = await seen('xiaodian', job.id);
    expect(done).toMatchObject({ state: 'DONE', progress: 1, counted: 18, agrees: true, allowedActions: [] });
    expect(done.result?.total).toBe(18);
    expect(plain(done)?.slice(0, 4)).toEqual([
      [schools.xiaodian.code, '1', 'true', 'true', 2],
      [schools.xiaodian.code, '1', 'true', 'false', 4],
      [schools.xiaodian.code, '2', 'false', 'true', 2],
      [schools.xiaodian.code, '2', 'false', 'false', 4],
    ]);
    const notes = await asWorker(core().worker, (tx) =>
      query<{ caller: string }>(tx, 'select caller from read_audit where operation = $1', [
        `requestStatistics ${job.id}`,
      ]),
    );
    expect(notes).toEqual([{ caller: 'clerk' }]);
  });

  test('keeps to its filter', async () => {
    const job = await requested('taiyuan', { by: ['BOARDER', 'MIGRANT'], filter: { grade: 2 } });
    await workOnJob(core());
    expect((await seen('taiyuan', job.id)).result?.total).toBe(12);
  });

  test(breaks('PRV-13', 'begins without a purpose for nobody'), async () => {
    const { data } = await request('xiaodian', { by: ['BOARDER', 'MIGRANT'], purpose: ' ' });
    expect(data?.requestStatistics).toMatchObject({
      job: null,
      findings: [{ ruleId: 'PRV-13', code: 'PURPOSE_MISSING' }],
    });
  });

  test(
    breaks('PRV-12', 'is asked of the own unit and those below, and its result read there and above'),
    async () => {
      const other = await request('yingze', { scope: '140105', by: ['BOARDER', 'MIGRANT'] });
      expect(other.errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
      const job = await requested('yingze', { by: ['BOARDER', 'MIGRANT'] });
      expect((await jobOf('xiaodian', job.id)).errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
      expect((await jobOf('xiaodian', idOf('none'))).errors[0]?.extensions.code).toBe('OUT_OF_JURISDICTION');
      await workOnJob(core());
      expect((await seen('taiyuan', job.id)).result?.total).toBe(6);
    },
  );

  test('is one of two at once of a unit, and may be cancelled', async () => {
    const first = await requested('yingze', { by: ['BOARDER', 'MIGRANT'] });
    const second = await requested('yingze', { by: ['BOARDER', 'DISABLED'] });
    const third = await request('yingze', { by: ['MIGRANT', 'DISABLED'] });
    expect(third.errors[0]?.extensions.code).toBe('RATE_LIMITED');
    expect((await cancel('yingze', first)).data?.cancelStatistics.job).toMatchObject({ state: 'CANCELLED' });
    expect((await cancel('yingze', { ...first, version: 2 })).errors[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    await requested('yingze', { by: ['MIGRANT', 'DISABLED'] });
    await workOnJob(core());
    await workOnJob(core());
    expect(await workOnJob(core())).toBe(false);
    expect(await seen('yingze', second.id)).toMatchObject({ state: 'DONE' });
  });

  test('goes on where a worker that died had come, and counts nobody twice', async () => {
    const job = await requested('taiyuan', { by: ['BOARDER', 'MIGRANT'] });
    const lease = idOf('a worker that dies');
    await asWorker(core().worker, (tx) => leaseJob(tx, lease));
    expect(await workOnJob(core())).toBe(false);
    await asWorker(core().worker, (tx) =>
      query(tx, `update statistics_job set lease_until = '2020-01-01' where job_id = $1`, [job.id]),
    );
    expect(await workOnJob(core(), 1)).toBe(true);
    expect(await asWorker(core().worker, (tx) => heldJob(tx, job.id, lease))).toBeUndefined();
    expect(await seen('taiyuan', job.id)).toMatchObject({ state: 'DONE', counted: 24, agrees: true });
  });
});
