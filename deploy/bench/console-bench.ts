import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Bench, below, noMoreThan } from '#deploy/bench/bench.ts';
import { benchFolder, startRegistry } from '#deploy/bench/registry.ts';
import { browserFlags, findChromium } from '#deploy/browser/chromium.ts';
import { Failure } from '#deploy/local/failure.ts';

const pupils = 2_000;
const loads = 5;
const figure = '[data-figure="total"]';

const signIn = async (page: Page, home: string): Promise<void> => {
  await page.goto(new URL('/overview', home).href);
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator('a:has(small:text-is("shanxi"))').click();
  await page.locator(figure).waitFor();
};

/** Loads the overview anew with nothing kept by the browser: scripts that came, and seconds until its figures stood. */
const loadAnew = async (page: Page): Promise<{ seconds: number; scripts: Map<string, number> }> => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const scripts = new Map<string, number>();
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    if (!response.url().endsWith('.js')) return;
    const read = async (): Promise<void> => {
      scripts.set(response.url(), gzipSync(await response.body(), { level: 9 }).length);
    };
    reading.push(read());
  });
  const began = performance.now();
  await page.reload();
  await page.locator(figure).waitFor();
  const seconds = (performance.now() - began) / 1000;
  await page.locator('.chart svg path:not([fill="none"])').first().waitFor();
  await Promise.all(reading);
  page.removeAllListeners('response');
  return { seconds, scripts };
};

const measure = async (browser: Browser, home: string) => {
  const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await signIn(page, home);
  const seconds: number[] = [];
  let kilobytes = 0;
  for (let load = 0; load < loads; load++) {
    const one = await loadAnew(page);
    seconds.push(one.seconds);
    kilobytes = [...one.scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
  }
  seconds.sort((one, other) => one - other);
  return { kilobytes, seconds: seconds[Math.floor(loads / 2)] ?? 0, slowest: seconds.at(-1) ?? 0 };
};

/** What a browser loads before a province's overview stands, and how long that takes with nothing kept. */
export const consoleBench: Bench = {
  name: 'console',
  summary: 'the console: script of its first load, and how long it takes until the overview stands',
  run: async ({ say, signal }) => {
    const chrome = await findChromium(() => say('Installing Chromium (Debian’s package) …'));
    if ('missing' in chrome) throw new Failure(`The console cannot be measured: ${chrome.missing}.`);
    const order = { folder: benchFolder('console'), fresh: false, scale: pupils, processes: false };
    const registry = await startRegistry(order, signal);
    const browser = await chromium.launch({ executablePath: chrome.path, args: browserFlags });
    try {
      const figures = await measure(browser, new URL('/', registry.ready.graphUrl).href);
      say(`${loads} loads of the overview without a cache; the slowest took ${figures.slowest.toFixed(2)} s`);
      return [
        noMoreThan('console.first_load_kb', figures.kilobytes, 'kB', 600),
        below('console.interactive_s', figures.seconds, 's', 2),
      ];
    } finally {
      await browser.close();
      await registry.stop();
    }
  },
};
