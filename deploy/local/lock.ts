import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isSame, markOf, type ProcessMark } from '#deploy/local/processes.ts';

/** A lock that was taken; `release` gives it up and is harmless when repeated. */
export interface Lock {
  release(): void;
}

/** Somebody else holds the lock and lives. */
export class Locked extends Error {
  readonly holder: ProcessMark;
  constructor(file: string, holder: ProcessMark) {
    super(`${file} is held by process ${holder.pid}.`);
    this.holder = holder;
  }
}

/**
 * Takes a lock file for this process. A lock whose process has ended, or whose pid now belongs to another process,
 * is taken over. Throws `Locked` when its holder lives.
 */
export function takeLock(file: string): Lock {
  const own = `${file}.${process.pid}`;
  const mine = markOf(process.pid);
  writeFileSync(own, JSON.stringify(mine), { mode: 0o600 });
  try {
    while (!linked(own, file)) {
      const holder = readMark(file);
      if (holder && isSame(holder)) throw new Locked(file, holder);
      removeStale(file);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return {
    release() {
      if (readMark(file)?.pid === process.pid) rmSync(file, { force: true });
    },
  };
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the stale lock aside; what was moved is looked at again, since another process may have replaced it meanwhile. */
function removeStale(file: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readMark(aside);
  if (moved && isSame(moved)) linked(aside, file);
  rmSync(aside, { force: true });
}

function readMark(file: string): ProcessMark | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, started } = value as Partial<ProcessMark>;
    return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
  } catch {
    return undefined;
  }
}
