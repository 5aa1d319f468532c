import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type BenchRegistry, startRegistry } from '#deploy/bench/registry.ts';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { findRegistry } from '#deploy/local/import/registry.ts';
import { removePostgres } from '#deploy/local/postgres.ts';
import { localPaths } from '#deploy/local/state.ts';
import { writeSampleWorkbook } from '#services/enrollment/import/sample/write-sample-workbook.ts';
import { testServers } from '#test/support/database.ts';

/** `npm run import` as a clerk uses it, against a registry that runs as `npm start` runs it. */
const program = fileURLToPath(new URL('../../deploy/local/import.ts', import.meta.url));
const school = DEMO_SCHOOLS.taiyuanPrimary;

type Ended = { code: number | null; stdout: string; stderr: string };

describe('npm run import', () => {
  let folder: string;
  let registry: BenchRegistry;

  const launch = (args: readonly string[], as = 'registrar'): ChildProcess => {
    const { graphUrl, token } = registry.as(as);
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    return spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, ...args, '--url', graphUrl, '--token', token],
      { cwd: folder, env: { PATH, NODE_COMPILE_CACHE }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
  };

  const ended = async (child: ChildProcess): Promise<Ended> => {
    if (!child.stdout || !child.stderr) throw new Error('the program has no output');
    const [stdout, stderr] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close'),
    ]);
    return { code: child.exitCode, stdout, stderr };
  };

  const run = (args: readonly string[], as?: string): Promise<Ended> => ended(launch(args, as));

  const workbook = async (name: string, rows: number, bad: number, seed: number): Promise<string> => {
    const file = join(folder, name);
    const order = { rows, bad, entryYear: 2026, seed, school: '示范小学' };
    await writeSampleWorkbook(order, createWriteStream(file));
    return file;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(testServers().dir, 'import-command-'));
    registry = await startRegistry(
      { folder, fresh: true, scale: 0, processes: false },
      new AbortController().signal,
    );
  }, 120_000);

  afterAll(async () => {
    await registry?.stop();
    await removePostgres(localPaths(folder).postgres);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  test('registers a good workbook, says so and ends with 0', async () => {
    const file = await workbook('good.xlsx', 20, 0, 21);
    const { code, stdout, stderr } = await run([file, '--school', school]);
    expect(stdout).toContain('共 20 行，已建籍 20 人，有问题 0 行');
    expect(stderr).toContain('完成 20/20 行');
    expect(code).toBe(0);
  });

  test('shows the refused rows, saves their workbook for this user only and ends with 2', async () => {
    const file = await workbook('bad.xlsx', 20, 4, 22);
    const out = join(folder, 'refused.xlsx');
    const { code, stdout } = await run([file, '--out', out]);
    expect(stdout).toContain('已建籍 16 人，有问题 4 行');
    expect(stdout).toMatch(/第 \d+ 行：.+。/);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    expect(code).toBe(2);
  });

  test('only checks in a dry run, and gives programs nothing but JSON', async () => {
    const file = await workbook('dry.xlsx', 10, 0, 23);
    const { code, stdout } = await run([file, '--dry-run', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'DONE',
      dryRun: true,
      good: 10,
      registered: 0,
      bad: 0,
    });
    expect(code).toBe(0);
  });

  test('that is interrupted leaves the job running and says how to look at it again', async () => {
    const file = await workbook('long.xlsx', 400, 0, 24);
    const child = launch([file]);
    child.stderr?.on('data', (piece: Buffer) => {
      if (String(piece).includes('导入任务')) child.kill('SIGINT');
    });
    const { code, stderr } = await ended(child);
    const job = /npm run import -- --job (\S+)/.exec(stderr)?.[1];
    expect(code).toBe(130);
    const again = await run(['--job', job ?? '']);
    expect(again.stdout).toContain('导入完毕：共 400 行');
  });

  test.each([
    ['a school that is not the registrar’s', ['--school', DEMO_SCHOOLS.beiguanPrimary], 'registrar'],
    ['somebody who is no registrar', [], 'class-teacher'],
  ])('refuses %s in words', async (_, args, as) => {
    const file = await workbook('refused-school.xlsx', 1, 0, 25);
    const { code, stderr } = await run([file, ...args], as);
    expect(stderr).toContain('这个身份不能为这所学校导入');
    expect(code).toBe(1);
  });

  test('names a file that is missing, of another kind, or not what its name says', async () => {
    const disguised = join(folder, 'disguised.xlsx');
    await writeFile(disguised, '%PDF-1.7');
    const kind = join(folder, 'pupils.pdf');
    await writeFile(kind, '%PDF-1.7');
    expect(await run([join(folder, 'nowhere.xlsx')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('找不到文件'),
    });
    expect(await run([kind])).toMatchObject({ code: 1, stderr: expect.stringContaining('只接受 .xlsx') });
    const empty = join(folder, 'empty.xlsx');
    await writeFile(empty, '');
    expect((await run([empty])).stderr).toMatch(/(?:^|\n)文件是空的/);
    expect(await run([disguised])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('文件没有被接受'),
    });
  });

  test('writes an empty form, whose header the import understands, and never over a file', async () => {
    const form = join(folder, 'new', 'form.xlsx');
    expect(await run(['--template', form])).toMatchObject({ code: 0, stdout: expect.stringContaining(form) });
    const { code, stdout } = await run([form]);
    expect(stdout).toContain('表头下面没有数据');
    expect(code).toBe(1);
    expect(await run(['--template', form])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('已存在'),
    });
  });

  test('tells of a job that does not exist', async () => {
    const { code, stderr } = await run(['--job', '01900000-0000-7000-8000-000000000000']);
    expect(stderr).toContain('没有这个导入任务');
    expect(code).toBe(1);
  });

  test('says where there is no registry', () => {
    const access = { as: 'registrar', url: undefined, token: undefined };
    expect(() => findRegistry(access, join(folder, 'none.json'))).toThrow('没有正在运行的学籍系统');
  });
});
