import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '#deploy/local/state.ts';

function bootstrap(...args: string[]) {
  const script = join(projectRoot, 'deploy', 'local', 'bootstrap.mjs');
  const { NODE_OPTIONS: _options, ...env } = process.env;
  return spawnSync(process.execPath, [script, ...args], { cwd: '/', encoding: 'utf8', env });
}

test('an unknown command is answered with the known ones, and standard output stays clean', () => {
  const { status, stdout, stderr } = bootstrap('begin');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toContain('start, test, test:long, token');
});

test('a command runs in the project from whatever folder, with its exit code and its own output alone', () => {
  const { status, stdout, stderr } = bootstrap('token', '--as', 'nobody at all');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(/no demo identit/);
  const listing = bootstrap('test', '--listTests', '--json', 'deploy/local/bootstrap');
  expect(listing.status).toBe(0);
  expect(JSON.parse(listing.stdout)).toEqual([join(projectRoot, 'deploy', 'local', 'bootstrap.test.ts')]);
});
