import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Log } from '#libs/platform/log/log.ts';

/** Looks at the file so often (milliseconds): a mounted file is often replaced in ways that tell no watcher. */
const every = 2_000;

/** Hands over what a file of a supergraph holds, whenever it has changed, until it is stopped. */
export const followFile = (
  file: string,
  take: (supergraph: string) => void,
  log: Log,
  interval = every,
): (() => void) => {
  const read = (): void => {
    readFile(file, 'utf8').then(take, (error: unknown) =>
      log.warn({ error }, 'the supergraph cannot be read'),
    );
  };
  watchFile(file, { interval, persistent: false }, read);
  return () => unwatchFile(file, read);
};
