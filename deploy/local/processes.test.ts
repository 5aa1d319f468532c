import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  commandOf,
  endProcess,
  findByCommand,
  isAlive,
  isSame,
  markOf,
  waitUntil,
} from '#deploy/local/processes.ts';

const idle = (word: string) => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e9)', word]);

test('a process is the same one until it ends', async () => {
  const child = idle('marked-process');
  await once(child, 'spawn');
  const mark = markOf(child.pid ?? 0);
  expect(mark && isSame(mark)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(mark && isSame(mark)).toBe(false);
  expect(isAlive(child.pid ?? 0)).toBe(false);
});

test('a pid that belongs to another process by now is not the same process', () => {
  expect(isSame({ pid: process.pid, started: 'another boot/1' })).toBe(false);
});

test('no process has the pid zero, a negative one or a fraction', () => {
  expect([0, -1, 1.5, Number.NaN].map(isAlive)).toEqual([false, false, false, false]);
});

test('a process is found by a word of its command line and ended', async () => {
  const word = `idle-${process.pid}-${performance.now()}`;
  const child = idle(word);
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  expect(await waitUntil(() => findByCommand(word).length > 0, 5_000)).toBe(true);
  expect(findByCommand(word)).toEqual([pid]);
  expect(commandOf(pid)).toContain(word);
  expect(await endProcess(pid, [['SIGTERM', 5_000]])).toBe(true);
  expect(findByCommand(word)).toEqual([]);
});

test('a process that ignores the mild signal gets the next one', async () => {
  const script = 'process.on("SIGTERM", () => {}); process.stdout.write("up"); setInterval(() => {}, 1e9)';
  const child = spawn(process.execPath, ['-e', script]);
  await once(child.stdout, 'data');
  const ended = await endProcess(child.pid ?? 0, [
    ['SIGTERM', 50],
    ['SIGKILL', 5_000],
  ]);
  expect(ended).toBe(true);
  expect(child.signalCode ?? (await once(child, 'exit'))[1]).toBe('SIGKILL');
});

test('waiting ends without success when the time is over', async () => {
  expect(await waitUntil(() => false, 20)).toBe(false);
});
