import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Listening } from '#libs/platform/service/run.ts';
import { environmentOf, type NetworkPlan } from './services.ts';

/** A service in a process of its own. */
export interface ChildService {
  name: string;
  url: string;
  pid: number;
  stop(): Promise<void>;
}

const mainOf = (service: string): string =>
  fileURLToPath(new URL(`../../services/${service}/main.ts`, import.meta.url));

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once('exit', () => resolve()));

/** Starts one service as a process; it ends by itself when this process is gone. */
export const startChild = async (plan: NetworkPlan, service: string): Promise<ChildService> => {
  const env = { PATH: process.env.PATH ?? '', ...(await environmentOf(plan, service)) };
  const child = spawn(process.execPath, ['--no-warnings', mainOf(service)], {
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => resolve((message as Listening).listening));
    child.once('exit', (code) => reject(new Error(`${service} ended with code ${code} while it started`)));
    child.once('error', reject);
  });
  return {
    name: service,
    url,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
};
