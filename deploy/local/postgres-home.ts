import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, blockingFolder, canEnter, serverAccount } from '#deploy/local/account.ts';
import { Failure } from '#deploy/local/failure.ts';
import { makeStateDir } from '#deploy/local/state.ts';

/** Where one PostgreSQL cluster lives. */
export interface PostgresHome {
  /** Folder of the data folder, the password file and the port file. */
  dir: string;
  data: string;
  password: string;
  port: string;
  /** Whom the server runs as; `undefined`: as this process. */
  account: Account | undefined;
  /** A folder that the account can enter, for programs that it must run. */
  programs: string;
}

/** Places outside the project for a server that may not enter the project's folder, best first. */
const outsideFolders = ['/var/lib/xueji', '/var/tmp/xueji'];

/**
 * Finds or makes the home of the cluster that belongs to `dataDir`. It is `dataDir` itself, unless this process is
 * root and the account that PostgreSQL runs under cannot enter it (a 0700 folder): then a folder of root's outside.
 * A token on both sides tells whether an outside home still belongs to this project or to an earlier one at the path.
 */
export function openPostgresHome(dataDir: string): PostgresHome {
  makeStateDir(dataDir);
  const inside = homeAt(dataDir, dataDir);
  const token = readToken(dataDir);
  if (!token && canEnter(inside.account, dataDir)) return inside;
  if (!token && existsSync(inside.data)) refuseUnreachable(inside.account, dataDir);
  const outside = outsideHome(dataDir);
  if (!token || readToken(outside.dir) !== token) {
    rmSync(outside.dir, { recursive: true, force: true });
    makePassable(outside.dir);
    const fresh = randomUUID();
    for (const dir of [outside.dir, dataDir]) writeFileSync(tokenFile(dir), fresh, { mode: 0o600 });
  }
  return outside;
}

/** The home if there is one, without making anything. */
export function findPostgresHome(dataDir: string): PostgresHome | undefined {
  if (!existsSync(dataDir)) return undefined;
  const token = readToken(dataDir);
  if (!token) return homeAt(dataDir, dataDir);
  const outside = outsideHome(dataDir);
  return readToken(outside.dir) === token ? outside : undefined;
}

/** Makes a folder inside which only the account may look. */
export function makePrivateDir(dir: string): void {
  mkdirSync(dir, { recursive: true });
  chmodSync(dir, 0o700);
}

function outsideHome(dataDir: string): PostgresHome {
  const base = outsideFolders.find(isUsableBase);
  if (!base) {
    throw new Failure(
      'PostgreSQL refuses to run as root, and the account that it runs under cannot enter this folder.',
      `Nor can ${outsideFolders.join(' or ')} be used. Start as an ordinary user, or set DATABASE_URL.`,
    );
  }
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  return homeAt(join(base, key), base);
}

/** A folder of root's below which the account can go; made if it does not exist. */
function isUsableBase(base: string): boolean {
  try {
    if (!lstatSync(base, { throwIfNoEntry: false })) makePassable(base);
    const found = lstatSync(base);
    return found.isDirectory() && found.uid === 0 && canEnter(serverAccount(base), base);
  } catch {
    return false;
  }
}

function makePassable(dir: string): void {
  if (!existsSync(dirname(dir))) throw new Failure(`${dirname(dir)} does not exist.`);
  mkdirSync(dir);
  chmodSync(dir, 0o711);
}

function homeAt(dir: string, programs: string): PostgresHome {
  const data = join(dir, 'data');
  return {
    dir,
    data,
    password: join(dir, 'password'),
    port: join(dir, 'port'),
    account: serverAccount(data),
    programs,
  };
}

function refuseUnreachable(account: Account | undefined, dataDir: string): never {
  throw new Failure(
    `The database in ${dataDir} cannot be reached by the account that PostgreSQL runs under (it refuses root).`,
    `Allow entering ${blockingFolder(account, dataDir) ?? dataDir} (chmod o+x), or give up the data with --fresh.`,
  );
}

const tokenFile = (dir: string): string => join(dir, 'token');

function readToken(dir: string): string | undefined {
  return existsSync(tokenFile(dir)) ? readFileSync(tokenFile(dir), 'utf8') : undefined;
}
