import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BedAddress } from './bed.ts';

export type WorkerOrder = { address: BedAddress } & (
  | { as: 'relay'; dieAt: 'before publishing' | 'before marking as published' }
  | { as: 'inbox'; consumer: string; dieAt: 'before the commit' | 'after the commit'; batch: number }
);

/** Runs a worker in a process of its own until it kills itself where the order says. */
export const runUntilItDies = (order: WorkerOrder): Promise<void> =>
  new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
    const child = spawn(process.execPath, ['--no-warnings', file, JSON.stringify(order)], {
      env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      signal === 'SIGKILL' ? resolve() : reject(new Error(`The worker ended with code ${code}`)),
    );
  });
