import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const linux = process.platform === 'linux';

/** One process at one moment: a pid together with the mark of its start, so that a reused pid is another process. */
export interface ProcessMark {
  pid: number;
  started: string;
}

/** Whether a process with this pid runs. One that has ended and waits to be collected by its parent does not. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !linux || !['Z', 'X', ''].includes(statFields(pid)[0] ?? '');
}

/** The mark of a running process, `undefined` when there is none with this pid. */
export function markOf(pid: number): ProcessMark | undefined {
  if (!isAlive(pid)) return undefined;
  const started = linux
    ? `${bootId()}/${statFields(pid)[19] ?? ''}`
    : ps(['-o', 'lstart=', '-p', String(pid)]);
  return { pid, started };
}

/** Whether exactly the process that was marked still runs. */
export function isSame(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.started === mark.started;
}

/** The command line of a process, words joined by blanks; empty when it cannot be told. */
export function commandOf(pid: number): string {
  if (!linux) return ps(['-ww', '-o', 'command=', '-p', String(pid)]);
  return readOrEmpty(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

/** Running processes whose command line contains the text, this process excepted. */
export function findByCommand(text: string): number[] {
  return allPids().filter((pid) => pid !== process.pid && commandOf(pid).includes(text) && isAlive(pid));
}

/** A short name for messages: `nginx (pid 812)`. */
export function describeProcess(pid: number): string {
  const name = linux ? readOrEmpty(`/proc/${pid}/comm`).trim() : ps(['-o', 'comm=', '-p', String(pid)]);
  return name ? `${name} (pid ${pid})` : `pid ${pid}`;
}

export function allPids(): number[] {
  const names = linux ? readdirSync('/proc') : ps(['-axo', 'pid=']).split('\n');
  return names.map((name) => Number(name.trim())).filter((pid) => Number.isInteger(pid) && pid > 0);
}

/** Asks until the condition holds (true) or the time in milliseconds is over (false). */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeout: number,
  every = 10,
): Promise<boolean> {
  const end = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() >= end) return false;
    await pause(every);
  }
  return true;
}

/** Sends the signals in turn, each with its time in milliseconds to take effect. False when the process still runs. */
export async function endProcess(pid: number, steps: [NodeJS.Signals, number][]): Promise<boolean> {
  for (const [signal, timeout] of steps) {
    if (!isAlive(pid)) return true;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EPERM') return false;
    }
    if (await waitUntil(() => !isAlive(pid), timeout)) return true;
  }
  return !isAlive(pid);
}

/** Fields of /proc/<pid>/stat from the third (state) on; the second may contain blanks and brackets. */
function statFields(pid: number): string[] {
  const text = readOrEmpty(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

const bootId = (): string => readOrEmpty('/proc/sys/kernel/random/boot_id').trim();

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function ps(args: string[]): string {
  try {
    return execFileSync('/bin/ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
