import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canEnter } from '#deploy/local/account.ts';
import { findPostgresHome, openPostgresHome } from '#deploy/local/postgres-home.ts';

/** mkdtemp closes its folder to everybody else, as a private home folder is. */
let root: string;
let dataDir: string;
const made: string[] = [];
const open = () => {
  const home = openPostgresHome(dataDir);
  made.push(home.dir);
  return home;
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'home-'));
  dataDir = join(root, 'postgres');
});
afterEach(() => {
  for (const dir of [...made, root]) rmSync(dir, { recursive: true, force: true });
});

test('in a folder that is closed to others the server still reaches its home', () => {
  const home = open();
  expect(canEnter(home.account, home.dir)).toBe(true);
  expect(canEnter(home.account, home.programs)).toBe(true);
});

test('the home is found again, with what was left there', () => {
  const home = open();
  mkdirSync(home.data);
  expect(open()).toEqual(home);
  expect(findPostgresHome(dataDir)).toEqual(home);
});

test('another project at the same path does not get the data of the one before', () => {
  const home = open();
  writeFileSync(home.password, 'of the earlier project');
  rmSync(dataDir, { recursive: true });
  expect(findPostgresHome(dataDir)).toBeUndefined();
  const next = open();
  expect(() => writeFileSync(next.password, 'new', { flag: 'wx' })).not.toThrow();
});
