import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Locked, takeLock } from '#deploy/local/lock.ts';
import { markOf } from '#deploy/local/processes.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(dir, 'lock');
});
afterEach(() => rmSync(dir, { recursive: true }));

test('a lock is held once, and again after its release', () => {
  const lock = takeLock(file);
  expect(() => takeLock(file)).toThrow(Locked);
  lock.release();
  takeLock(file).release();
  expect(existsSync(file)).toBe(false);
});

test('who is refused learns the process that holds the lock', () => {
  const parent = markOf(process.ppid);
  writeFileSync(file, JSON.stringify(parent));
  expect(() => takeLock(file)).toThrow(expect.objectContaining({ holder: parent }));
});

test.each([
  ['whose process has ended', JSON.stringify({ pid: 2 ** 30, started: 'x' })],
  ['whose pid belongs to another process by now', JSON.stringify({ pid: process.ppid, started: 'earlier' })],
  ['that was cut off while being written', '{"pid":'],
])('a lock %s is taken over', (_case, content) => {
  writeFileSync(file, content);
  const lock = takeLock(file);
  expect(() => takeLock(file)).toThrow(Locked);
  lock.release();
});

test('nothing but the lock itself is left in the folder', () => {
  writeFileSync(file, '{}');
  const lock = takeLock(file);
  expect(readdirSync(dir)).toEqual(['lock']);
  lock.release();
  lock.release();
  expect(readdirSync(dir)).toEqual([]);
});
