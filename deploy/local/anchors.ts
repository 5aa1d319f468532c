import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the anchors that belong to the runner's own database, and go with it. */
export const ownAnchors = 'own';

/**
 * File in which the last seal of a service's access log is remembered, outside of the database that it is about.
 * @param elsewhere host and port of the database server, when it is not the runner's own
 */
export function anchorFile(anchors: string, service: string, elsewhere: string | undefined): string {
  const folder = join(anchors, elsewhere === undefined ? ownAnchors : elsewhere.replaceAll(/[^\w.-]/g, '-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${service}.json`);
}
