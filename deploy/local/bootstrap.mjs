/**
 * Every npm script of this project begins here. Plain JavaScript for Node 20 and later with nothing installed:
 * installs the locked packages when they are missing or out of date, then runs the command on Node 24.
 *
 *   node deploy/local/bootstrap.mjs <command> [arguments]
 *
 * Standard output belongs to the command alone (it may be JSON); everything said here goes to standard error, unless
 * help was asked for. Commands that take files run in the caller's folder, so that relative paths mean what they say.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';
import { whenOrphaned } from './orphan.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const REQUIRED_MAJOR = 24;

/**
 * Command -> the programs it runs one after another; the caller's arguments go to the last of them. `help` is what is
 * said of a command whose programs cannot say it themselves.
 */
const tsc = 'node_modules/typescript/bin/tsc';
const types = [
  { argv: [tsc, '-p', 'tsconfig.json'] },
  { argv: [tsc, '-p', 'gateway/console/app/tsconfig.json'] },
];
const jest = ['node_modules/jest/bin/jest.js'];
const jestEnv = { NODE_OPTIONS: '--no-warnings' };
const commands = {
  install: [],
  start: [{ argv: ['deploy/local/start.ts'] }],
  test: [{ argv: jest, env: { ...jestEnv, TEST_PART: 'tests' } }],
  'test:runs': [{ argv: jest, env: { ...jestEnv, TEST_PART: 'runs' } }],
  'test:browser': [{ argv: ['test/browser/main.ts'] }],
  'test:long': [{ argv: jest, env: { ...jestEnv, TEST_SIZE: 'long' } }],
  token: [{ argv: ['deploy/local/token.ts'] }],
  law: [{ argv: ['deploy/law/main.ts'] }],
  bench: [{ argv: ['deploy/bench/main.ts'] }],
  year: [{ argv: ['deploy/year/main.ts'] }],
  import: [{ argv: ['deploy/local/import.ts'], inCallersFolder: true }],
  'demo:workbook': [{ argv: ['deploy/demo/workbook.ts'], inCallersFolder: true }],
  operations: [{ argv: ['deploy/operations/main.ts'] }],
  audit: [{ argv: ['deploy/audit/main.ts'], inCallersFolder: true }],
  'verify-certificate': [{ argv: ['deploy/verify/main.ts'], inCallersFolder: true }],
  'signing-keys': [{ argv: ['deploy/signing-keys/main.ts'], inCallersFolder: true }],
  gateway: [{ argv: ['deploy/gateway/main.ts'], inCallersFolder: true }],
  console: [{ argv: ['gateway/console/build/main.ts'] }],
  generate: [{ argv: ['deploy/generate/main.ts'] }],
  types,
  lint: [{ argv: ['node_modules/@biomejs/biome/bin/biome', 'ci', '.'] }],
  compatible: [{ argv: ['deploy/compatible/main.ts'] }],
  check: [
    ...types,
    { argv: ['node_modules/@biomejs/biome/bin/biome', 'ci', '.'] },
    { argv: ['deploy/compatible/main.ts'] },
  ],
};

const help = {
  install: 'npm ci, unless the locked packages are installed already',
  'demo:workbook':
    'npm run demo:workbook -- [--rows 100] [--bad 10] [--year Y] [--seed 1] [--school NAME] [--out pupils.xlsx]',
  check: 'npm run check: types, lint and format, and what the schema takes from clients; changes nothing',
  types: 'checks the types; changes nothing',
  lint: 'lint and format as Biome sees them; changes nothing',
};
const usage = `node deploy/local/bootstrap.mjs <command> [arguments]\n\nCommands: ${Object.keys(commands).join(', ')}`;

function refuse(...lines) {
  process.stderr.write(`\n${lines.join('\n')}\n\n`);
  process.exit(1);
}

function requirePlatform() {
  if (process.platform === 'win32') {
    refuse(
      'This project runs on Linux and macOS. On Windows, run it inside WSL 2: https://learn.microsoft.com/windows/wsl/install',
    );
  }
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) refuse(`Node ${process.versions.node} is too old to begin with: install Node 20 or later.`);
}

/** Path of a Node of the required major version: the installed platform package, else the one running now. */
function findNode() {
  const installed = join(root, 'node_modules', '.bin', 'node');
  const running = realpathSync(process.execPath);
  const runningFits = Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR;
  if (existsSync(installed)) {
    if (runningFits && realpathSync(installed) === running) return running;
    const probe = spawnSync(installed, ['--version'], { encoding: 'utf8' });
    if (probe.status === 0 && Number(probe.stdout.slice(1).split('.')[0]) >= REQUIRED_MAJOR) return installed;
  }
  if (runningFits) return running;
  return refuse(
    `Node ${REQUIRED_MAJOR} is needed, and no package of it fits ${process.platform}-${process.arch}.`,
    `Install Node ${REQUIRED_MAJOR} (https://nodejs.org) and repeat the command.`,
  );
}

/** Node keeps here what it makes of our sources, so that each of our processes need not make it anew. */
const compileCache = join(root, '.local', 'cache', 'node');

/** Where the command was typed: npm itself goes to the folder of package.json and tells where it came from. */
const callersFolder = () => process.env.INIT_CWD || process.cwd();

/** Runs one program with the terminal of this process; resolves with its exit code, signals become 128 + n. */
function run(node, step, args) {
  const env = { ...process.env, ...step.env };
  env.NODE_COMPILE_CACHE ??= compileCache;
  env.PATH = `${join(root, 'node_modules', '.bin')}:${dirname(node)}:${env.PATH ?? '/usr/bin:/bin'}`;
  if (step.env?.NODE_OPTIONS && process.env.NODE_OPTIONS) {
    env.NODE_OPTIONS = `${process.env.NODE_OPTIONS} ${step.env.NODE_OPTIONS}`;
  }
  return new Promise((resolve) => {
    const [program, ...own] = step.argv;
    const argv = [join(root, program), ...own, ...args];
    const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...argv], {
      cwd: step.inCallersFolder ? callersFolder() : root,
      stdio: 'inherit',
      env,
    });
    const forward = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'];
    for (const signal of signals) process.on(signal, forward);
    const stopLooking = process.env.npm_lifecycle_event
      ? whenOrphaned(() => child.kill('SIGTERM'))
      : () => undefined;
    child.once('error', (error) => refuse(`Cannot run ${node}: ${error.message}`));
    child.once('exit', (code, signal) => {
      stopLooking();
      for (const name of signals) process.off(name, forward);
      resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
    });
  });
}

async function main([name, ...args]) {
  const asksForHelp = (word) => word === '--help' || word === '-h';
  if (asksForHelp(name) || (Object.hasOwn(help, name ?? '') && args.some(asksForHelp))) {
    process.stdout.write(`${help[name] ?? usage}\n`);
    return 0;
  }
  requirePlatform();
  const steps = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (!steps) refuse(`Unknown command ${name ?? '(none)'}. There are: ${Object.keys(commands).join(', ')}.`);
  try {
    await installPackages(root);
  } catch (error) {
    refuse(error.message);
  }
  const node = findNode();
  for (const step of steps) {
    if (!existsSync(join(root, step.argv[0])))
      refuse(`${name}: ${step.argv[0]} does not exist in this tree.`);
  }
  for (const [index, step] of steps.entries()) {
    const code = await run(node, step, index === steps.length - 1 ? args : []);
    if (code !== 0) return code;
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
