import type { EventEmitter } from 'node:events';
import type { Log } from '#libs/platform/log/log.ts';
import { readSupergraph } from '../federation/graph.ts';

/** Reads the supergraph anew (that of the file, or this project's own) at every SIGHUP of the process, and hands it over. */
export const rereadAtHangup = (
  process: Pick<EventEmitter, 'on'>,
  file: string | undefined,
  take: (supergraph: string) => void,
  log: Log,
): void => {
  process.on('SIGHUP', () => {
    readSupergraph(file).then(take, (error: unknown) => log.warn({ error }, 'the supergraph cannot be read'));
  });
};
