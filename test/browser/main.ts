/**
 * `npm run test:browser`: the console in a real browser before a real registry. Says so, and passes, where there is no
 * browser and none can be installed.
 *
 *     node test/browser/main.ts [--screenshots] [arguments of Jest]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findChromium } from '#deploy/browser/chromium.ts';

const jest = fileURLToPath(new URL('../../node_modules/jest/bin/jest.js', import.meta.url));
const [screenshots, ...args] = process.argv.includes('--screenshots')
  ? ['on', ...process.argv.slice(2).filter((word) => word !== '--screenshots')]
  : ['off', ...process.argv.slice(2)];

const browser = await findChromium(() => process.stdout.write('Installing Chromium (Debian’s package) …\n'));
if ('missing' in browser) {
  process.stdout.write(`Browser tests: NOT RUN, ${browser.missing}.\n`);
} else {
  const child = spawn(process.execPath, [jest, ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_OPTIONS: '--no-warnings',
      TEST_PART: 'browser',
      TEST_CHROMIUM: browser.path,
      TEST_SCREENSHOTS: screenshots,
    },
  });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
