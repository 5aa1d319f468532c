import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '#deploy/local/state.ts';

/** @param typedIn where npm says that it was called, before it went to the folder of package.json */
function bootstrapIn(folder: string, typedIn: string | undefined, ...args: string[]) {
  const script = join(projectRoot, 'deploy', 'local', 'bootstrap.mjs');
  const { NODE_OPTIONS: _options, INIT_CWD: _folder, DATABASE_URL: _database, ...env } = process.env;
  return spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...env, ...(typedIn && { INIT_CWD: typedIn }) },
  });
}
const bootstrap = (...args: string[]) => bootstrapIn('/', undefined, ...args);

test('an unknown command is answered with the known ones, and standard output stays clean', () => {
  const { status, stdout, stderr } = bootstrap('begin');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('start, test, test:runs, test:browser, test:long, token');
});

test('a command runs in the project from whatever folder, with its exit code and its own output alone', () => {
  const { status, stdout, stderr } = bootstrap('token', '--as', 'nobody at all');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/no demo identit/);
  const listing = bootstrap('test', '--listTests', '--json', 'deploy/local/bootstrap');
  expect(listing.status).toBe(0);
  expect(JSON.parse(listing.stdout)).toEqual([join(projectRoot, 'deploy', 'local', 'bootstrap.test.ts')]);
});

const commands =
  'start test test:runs test:browser test:long token law bench year operations audit import demo:workbook generate check';

test.each(commands.split(' '))(
  'npm run %s -- --help tells how it is used on standard output, and that is all',
  (command) => {
    const { status, stdout, stderr } = bootstrap(command, '--help');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/npm (run )?\w+|Usage/);
  },
);

describe('a relative path', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caller-'));
  const token = `${Buffer.from('{}').toString('base64url')}.${Buffer.from('{"school":"2114000001"}').toString('base64url')}.x`;
  const importIn = (cwd: string, typedIn?: string) =>
    bootstrapIn(cwd, typedIn, 'import', 'pupils.txt', '--url', 'http://127.0.0.1:9/', '--token', token)
      .stderr;
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is one of the folder in which the command was typed', () => {
    expect(importIn(folder)).toContain('no such file');
    writeFileSync(join(folder, 'pupils.txt'), '');
    expect(importIn(folder)).toContain('Only .xlsx workbooks');
    expect(importIn(projectRoot, folder)).toContain('Only .xlsx workbooks');
  });
});
