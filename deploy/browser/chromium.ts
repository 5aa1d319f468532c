import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const longestInstall = 5 * 60_000;

/** Flags of a browser that is driven by a program: nothing of its maker's services, nothing but the pages asked for. */
export const browserFlags = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
  ...['--disable-background-networking', '--disable-component-update'],
];

const installed = (): string | undefined =>
  [
    process.env.CHROMIUM ?? '',
    ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  ].find((file) => file !== '' && existsSync(file));

/**
 * The path of a Chromium: CHROMIUM, or one on the PATH, or Debian's own package, installed now where that may be done.
 * Else the reason why there is none.
 * @param onInstall called before a package is installed, which takes a minute
 */
export async function findChromium(onInstall: () => void): Promise<{ path: string } | { missing: string }> {
  const found = installed();
  if (found) return { path: found };
  if (!existsSync('/usr/bin/apt-get'))
    return { missing: 'there is no Chromium, and no apt-get to install it with' };
  if (process.getuid?.() !== 0) {
    return { missing: 'there is no Chromium; as root: apt-get install chromium fonts-noto-cjk' };
  }
  onInstall();
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, timeout: longestInstall });
    const packages = ['chromium', 'fonts-noto-cjk'];
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      timeout: longestInstall,
      maxBuffer: 50_000_000,
    });
  } catch (error) {
    const [last] = (error as Error).message.trim().split('\n').slice(-1);
    return { missing: `there is no Chromium, and apt-get could not install it: ${last}` };
  }
  const path = installed();
  return path ? { path } : { missing: 'Debian’s package brought no Chromium that is found' };
}
