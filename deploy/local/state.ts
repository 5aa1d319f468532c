import { accessSync, chmodSync, constants, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '#deploy/local/failure.ts';

/** Folder of the project, without a slash at its end. */
export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Where the local runner keeps its state: below `.local/` of the project. One thing may lie elsewhere, and is then
 * told at the start: the data of PostgreSQL, for root in a folder that others may not enter (postgres-home.ts).
 */
export function localPaths(root: string = projectRoot) {
  const dir = join(root, '.local');
  return {
    dir,
    lock: join(dir, 'lock'),
    ready: join(dir, 'ready.json'),
    identities: join(dir, 'identities.json'),
    postgres: join(dir, 'postgres'),
    nats: join(dir, 'nats'),
    run: join(dir, 'run'),
    test: join(dir, 'test'),
    anchors: join(dir, 'anchors'),
    compiled: join(dir, 'cache', 'node'),
  };
}

/** Belongs to the installation, to other commands, or to data elsewhere as well: `--fresh` leaves it here. */
const keptByFresh = /^(installed|install\.lock|lock|test|bench|ci|cache|anchors|secrets\.json.*)$/;

/**
 * Makes a folder for state. For root it may be passed through by others (never listed): PostgreSQL runs under another
 * account and has its own closed folder inside. Secrets are files of mode 0600 in any case.
 */
export function makeStateDir(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
    const own = process.getuid?.();
    if (own !== undefined && statSync(dir).uid !== own) refuse(dir);
    chmodSync(dir, own === 0 ? 0o711 : 0o700);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    refuse(dir);
  }
}

/** Mixed owners would leave files that the other user can never open again. */
function refuse(dir: string): never {
  throw new Failure(
    `${dir} cannot be used by this user.`,
    'Another user (root?) started from this folder before: run as that user, or let that user remove .local.',
  );
}

/** Removes what the local runner keeps, apart from the servers' own folders and the secrets, which their modules remove. */
export function removeState(dir: string): void {
  for (const name of readdirSync(dir)) {
    if (!keptByFresh.test(name)) rmSync(join(dir, name), { recursive: true, force: true });
  }
}
