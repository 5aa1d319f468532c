/** Installation of the locked packages, in plain JavaScript for Node 20 and later, with nothing installed yet. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';

const isTTY = Boolean(process.stderr.isTTY);
const say = (text) => process.stderr.write(`${text}\n`);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * Installs with `npm ci` unless what is installed already agrees with package-lock.json; a moment when it does.
 * Two runs at once: the second waits for the first. Throws an Error fit for the reader.
 */
export async function installPackages(root) {
  const state = join(root, '.local');
  const marker = join(state, 'installed');
  if (isInstalled(root, marker)) return;
  requireWritable(root);
  if (!existsSync(state)) mkdirSync(state, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const release = await takeTurn(join(state, 'install.lock'));
  try {
    if (isInstalled(root, marker)) return;
    await npmCi(root);
    writeFileSync(marker, lockHash(root));
  } finally {
    release();
  }
}

const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function isInstalled(root, marker) {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const hash = lockHash(root);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return true;
  if (!agrees(join(root, 'package-lock.json'), hidden)) return false;
  try {
    mkdirSync(join(root, '.local'), { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    writeFileSync(marker, hash);
  } catch {
    // Read-only tree: the comparison is simply made again next time.
  }
  return true;
}

/** npm's own record of what it installed names every package of the lock that is not optional, in its version. */
function agrees(lockFile, hiddenFile) {
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  const present = JSON.parse(readFileSync(hiddenFile, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || present[path]?.version === entry.version || (entry.optional && !present[path]),
  );
}

function requireWritable(root) {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Error(`The packages must be installed into ${root}, which this user may not write to.`);
  }
}

async function takeTurn(lockFile) {
  for (let told = false; ; ) {
    try {
      const file = openSync(lockFile, 'wx', 0o600);
      writeFileSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(lockFile, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number(existsSync(lockFile) ? readFileSync(lockFile, 'utf8') : 0);
    if (holder > 0 && !alive(holder)) rmSync(lockFile, { force: true });
    else if (!told) {
      say(`Waiting: the packages are being installed by process ${holder}.`);
      told = true;
    }
    await pause(200);
  }
}

/** npm as the caller's PATH has it, without folders that the installation itself replaces. */
function findNpm(root) {
  const inside = join(root, 'node_modules');
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder && !folder.startsWith(inside));
  const find = (name) => path.map((folder) => join(folder, name)).find((file) => existsSync(file));
  const env = { ...process.env, PATH: path.join(delimiter) };
  const npm = find('npm');
  if (npm && find('node')) return { command: npm, args: [], env };
  const script = process.env.npm_execpath;
  const node = [find('node'), process.env.npm_node_execpath, process.execPath].find(
    (file) => file && existsSync(file) && !file.startsWith(inside),
  );
  if (script?.endsWith('.js') && existsSync(script) && node) return { command: node, args: [script], env };
  throw new Error(
    'npm was not found on the PATH. It comes with Node: https://nodejs.org, or `apt install npm`, `dnf install npm`, `brew install node`.',
  );
}

async function npmCi(root) {
  const npm = findNpm(root);
  const args = [
    ...npm.args,
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const started = Date.now();
  const expected = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages)
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .map(([path]) => join(root, path, 'package.json'));
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  say(`Installing ${expected.length} packages with npm ci (once; later starts skip this).`);
  const child = spawn(npm.command, args, { cwd: root, env: npm.env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const timer = setInterval(
    () => {
      const present = expected.filter((file) => existsSync(file)).length;
      const line = `  ${present} of ${expected.length} packages, ${seconds()} s`;
      process.stderr.write(isTTY ? `\r\u001b[K${line}` : `${line}\n`);
    },
    isTTY ? 250 : 5000,
  );
  const interrupt = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, interrupt);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exit, signal) => resolve(exit ?? signal));
  });
  clearInterval(timer);
  for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, interrupt);
  if (isTTY) process.stderr.write('\r\u001b[K');
  if (code !== 0) throw new Error(`npm ci failed (${code}):\n${output.trim()}`);
  say(`Installed in ${seconds()} s.`);
}
