import { readdirSync, readFileSync } from 'node:fs';

/** What processes use, themselves and all that they started. */
export type Usage = {
  /** Proportional set size: memory, shared pages divided among those who share them; MB. */
  pssMb: number;
  /** Processor time since each began, seconds. */
  cpuSeconds: number;
  processes: number;
};

const ticksPerSecond = 100;

/** Reads the usage of processes and their descendants from /proc; Linux only. Processes that end meanwhile count nothing. */
export function usageOf(roots: readonly number[]): Usage {
  const pids = withDescendants(roots);
  const sums = { pssMb: 0, cpuSeconds: 0, processes: pids.size };
  for (const pid of pids) {
    sums.pssMb += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024;
    const fields = statOf(pid);
    sums.cpuSeconds += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
  }
  return sums;
}

function withDescendants(roots: readonly number[]): Set<number> {
  const children = Map.groupBy(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number),
    (pid) => Number(statOf(pid)[1] ?? 0),
  );
  const found = new Set<number>();
  const add = (pid: number): void => {
    if (found.has(pid)) return;
    found.add(pid);
    for (const child of children.get(pid) ?? []) add(child);
  };
  for (const root of roots) add(root);
  return found;
}

/** Fields of /proc/<pid>/stat from the third (state) on: parent 1, user time 11, system time 12 (ticks). */
function statOf(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
