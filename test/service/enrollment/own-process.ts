import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type OwnProcess = {
  pid: number;
  /** The next thing it tells; undefined once it has ended. */
  told(): Promise<unknown>;
  goOn(): void;
  /** Ends it as a crash does. */
  crash(): Promise<void>;
  /** Its exit code, once it has ended; null after a crash. */
  ended: Promise<number | null>;
};

const running: ChildProcess[] = [];

/** Starts a program of this folder with a JSON order and a temp folder of its own. */
export const startProcess = (program: string, order: unknown, temp: string): OwnProcess => {
  const file = fileURLToPath(new URL(`./${program}`, import.meta.url));
  const child = spawn(process.execPath, ['--no-warnings', file, JSON.stringify(order)], {
    env: { ...process.env, TMPDIR: temp, TEMP: temp, TMP: temp },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.push(child);
  const ended = once(child, 'exit').then(([code]) => code);
  return {
    pid: child.pid ?? -1,
    ended,
    told: () => Promise.race([once(child, 'message').then(([told]) => told), ended.then(() => undefined)]),
    goOn: () => {
      child.send('go on');
    },
    crash: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
};

/** Ends what a failed test left running. */
export const endProcesses = (): void => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
};

/** In the program: tells something and stands still until it may go on. */
export const tellAndWait = (told: unknown): Promise<void> =>
  new Promise((resolve) => {
    process.once('message', () => resolve());
    process.send?.(told);
  });
