import { existsSync, readFileSync } from 'node:fs';
import { serverAddress } from '#deploy/local/addresses.ts';
import { anchorFile } from '#deploy/local/anchors.ts';
import { Failure } from '#deploy/local/failure.ts';
import { findPostgresHome } from '#deploy/local/postgres-home.ts';
import { findSecrets } from '#deploy/local/secrets.ts';
import { localPaths } from '#deploy/local/state.ts';
import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { databaseOf } from '#libs/platform/database/provision.ts';

/** A sealed access log: whose it is, where it is read, and the file of its anchor. */
export type AccessLog = { service: string; url: string; anchor: string };

/** The access logs of the registry that runs from this folder. Throws `Failure` where none was ever started. */
export function localLogs(external = process.env.DATABASE_URL, paths = localPaths()): AccessLog[] {
  const secrets = findSecrets(paths.dir);
  const server = external ? serverAddress('postgres', 'DATABASE_URL', external) : ownServer(paths.postgres);
  if (secrets === undefined || server === undefined) {
    throw new Failure(
      'There is no registry in this folder yet: run npm start first, or name one with --database.',
    );
  }
  const plan = { adminUrl: server.href, database: 'xueji', services: [], secret: secrets.databaseSecret };
  return SERVICES.map((name) => ({
    service: name,
    url: databaseOf(plan, name).worker,
    anchor: anchorFile(paths.anchors, name, external ? server.host : undefined),
  }));
}

function ownServer(dataDir: string): URL | undefined {
  const home = findPostgresHome(dataDir);
  if (home === undefined || !existsSync(home.port)) return undefined;
  return new URL(`postgresql://127.0.0.1:${readFileSync(home.port, 'utf8').trim()}`);
}
