import type { EventEmitter } from 'node:events';
import { unwatchFile, watchFile } from 'node:fs';
import type { Log } from '#libs/platform/log/log.ts';
import { readSupergraph } from '../federation/graph.ts';

/** Reads the supergraph (that of a file, or this project's own) and hands it over; what cannot be read is told in the log. */
const reading =
  (file: string | undefined, take: (supergraph: string) => void, log: Log): (() => void) =>
  () => {
    readSupergraph(file).then(take, (error: unknown) => log.warn({ error }, 'the supergraph cannot be read'));
  };

/** Looks at the file so often (milliseconds): a mounted file is often replaced in ways that tell no watcher. */
const every = 2_000;

/** Hands over what a file of a supergraph holds, whenever it has changed, until it is stopped. */
export const followFile = (
  file: string,
  take: (supergraph: string) => void,
  log: Log,
  interval = every,
): (() => void) => {
  const read = reading(file, take, log);
  watchFile(file, { interval, persistent: false }, read);
  return () => unwatchFile(file, read);
};

/** Hands over what the file holds, or this project's own supergraph, at every SIGHUP of the process. */
export const rereadAtHangup = (
  process: Pick<EventEmitter, 'on'>,
  file: string | undefined,
  take: (supergraph: string) => void,
  log: Log,
): void => void process.on('SIGHUP', reading(file, take, log));
