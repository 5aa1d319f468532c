import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchRegistry, startRegistry } from '#deploy/bench/registry.ts';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { followJob } from '#deploy/local/import/follow.ts';
import { askGraph } from '#deploy/local/import/graph.ts';
import { isOver, type JobProgress, outcomeOf, progressOf, startJob } from '#deploy/local/import/job.ts';
import { sendFile } from '#deploy/local/import/send-file.ts';
import { removePostgres } from '#deploy/local/postgres.ts';
import { localPaths } from '#deploy/local/state.ts';
import { writeSampleWorkbook } from '#services/enrollment/import/sample/write-sample-workbook.ts';
import { testServers } from '#test/support/database.ts';

/**
 * A workbook goes in, the whole registry is killed (SIGKILL, its database with it) when a part of the rows is
 * registered, and started again on what was left: 500 rows here, 50,000 where TEST_SIZE is long.
 */
const isLong = process.env.TEST_SIZE === 'long';
const rows = isLong ? 50_000 : 500;
const killAfter = rows / 5;
const school = DEMO_SCHOOLS.taiyuanPrimary;
const entryYear = 2026;
const longest = isLong ? 30 * 60_000 : 120_000;
const never = new AbortController().signal;

type Page = {
  enrollments: {
    edges: { node: { student: { id: string } } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

describe('an import whose registry is killed in the middle', () => {
  let folder: string;
  let registry: BenchRegistry;
  let file: string;
  let atKill: JobProgress;
  let job: string;
  /** Pupils whom the demo has registered before. */
  let before: number;

  const start = (fresh: boolean) => startRegistry({ folder, fresh, scale: 0, processes: false }, never);

  const begin = async (): Promise<string> => {
    const graph = registry.as('registrar');
    const upload = await sendFile(graph, file, school);
    return startJob(graph, { school, upload, dryRun: false, entryYear });
  };

  const whenRegistered = async (least: number): Promise<JobProgress> => {
    for (;;) {
      const progress = await progressOf(registry.as('registrar'), job);
      if (progress.registered >= least || isOver(progress)) return progress;
    }
  };

  const enrolledPersons = async (): Promise<string[]> => {
    const persons: string[] = [];
    for (let after: string | null = null; ; ) {
      const { enrollments }: Page = await askGraph<Page>(
        registry.as('registrar'),
        `query ($after: String) { enrollments(filter: { school: "${school}" }, first: 200, after: $after) {
           edges { node { student { id } } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      persons.push(...enrollments.edges.map(({ node }) => node.student.id));
      if (!enrollments.pageInfo.hasNextPage) return persons;
      after = enrollments.pageInfo.endCursor;
    }
  };

  const countedByNumber = async (): Promise<Record<string, number>> => {
    const { enrollmentStatistics } = await askGraph<{
      enrollmentStatistics: { rows: { keys: { value: string }[]; count: number }[] };
    }>(
      registry.as('registrar'),
      '{ enrollmentStatistics(by: [NUMBER_KIND]) { rows { keys { value } count } } }',
      {},
    );
    return Object.fromEntries(enrollmentStatistics.rows.map(({ keys, count }) => [keys[0]?.value, count]));
  };

  const untilAllCounted = async (): Promise<Record<string, number>> => {
    for (;;) {
      const counted = await countedByNumber();
      if ((counted.L_TEMPORARY ?? 0) >= before + rows) return counted;
    }
  };

  beforeAll(async () => {
    await mkdir(testServers().dir, { recursive: true });
    folder = await mkdtemp(join(testServers().dir, 'large-import-'));
    file = join(folder, 'pupils.xlsx');
    await writeSampleWorkbook(
      { rows, bad: 0, entryYear, seed: 11, school: '示范小学' },
      createWriteStream(file),
    );
    registry = await start(true);
    before = (await enrolledPersons()).length;
    job = await begin();
    atKill = await whenRegistered(killAfter);
    await registry.kill();
    registry = await start(false);
    await followJob(registry.as('registrar'), job, () => undefined, never);
  }, longest);

  afterAll(async () => {
    await registry?.stop();
    await removePostgres(localPaths(folder).postgres);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('was killed when some of its rows were registered and others were not', () => {
    expect(atKill.registered).toBeGreaterThanOrEqual(killAfter);
    expect(atKill.registered).toBeLessThan(rows);
    expect(atKill.state).toBe('REGISTERING');
  });

  test('goes on by itself after the start and accounts for every row once', async () => {
    const { state, total, read, good, registered, bad } = await outcomeOf(registry.as('registrar'), job, 1);
    expect({ state, total, read, good, registered, bad }).toEqual({
      state: 'DONE',
      total: rows,
      read: rows,
      good: rows,
      registered: rows,
      bad: 0,
    });
  });

  test(
    'leaves every child registered once, and nobody twice',
    async () => {
      const persons = await enrolledPersons();
      expect(persons).toHaveLength(before + rows);
      expect(new Set(persons).size).toBe(before + rows);
    },
    longest,
  );

  test('is counted by statistics to the last child', async () => {
    expect(await untilAllCounted()).toEqual({ L_TEMPORARY: before + rows });
  });

  test(
    'changes nothing when the same workbook is imported again',
    async () => {
      job = await begin();
      await followJob(registry.as('registrar'), job, () => undefined, never);
      const { registered, already, bad } = await outcomeOf(registry.as('registrar'), job, 1);
      expect({ registered, already, bad }).toEqual({ registered: 0, already: rows, bad: 0 });
      expect(await enrolledPersons()).toHaveLength(before + rows);
    },
    longest,
  );
});
