import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { browserFlags } from '#deploy/browser/chromium.ts';
import { startsAt } from './day.ts';
import { home } from './registry.ts';

/** A page of somebody's own browser profile, with everything that went wrong in it. */
export type Visit = { page: Page; faults: string[]; close(): Promise<void> };

/** Size of a window, in CSS pixels. */
export type Window = { width: number; height: number };
const pictures = new URL('../../../deploy/screenshots/', import.meta.url);
const usualWindow: Window = { width: 1280, height: 900 };

/** Launches the browser of this run. */
export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.TEST_CHROMIUM, args: browserFlags });

/** What a browser keeps of a session for as long as its tab is open, by name. */
export type KeptSession = Record<string, string>;

/** The session of whoever is signed in on a page. */
export const keptSession = async (page: Page): Promise<KeptSession> =>
  JSON.parse(await page.evaluate('JSON.stringify(sessionStorage)')) as KeptSession;

/** Opens a page in a profile that knows nothing, or nothing but a session. */
export const visit = async (
  browser: Browser,
  window = usualWindow,
  session?: KeptSession,
): Promise<Visit> => {
  const context = await browser.newContext({
    viewport: window,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  await context.clock.install({ time: startsAt });
  if (session) await context.addInitScript(`Object.assign(sessionStorage, ${JSON.stringify(session)})`);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.stack ?? String(error)));
  page.on('request', (request) => {
    const { hostname } = new URL(request.url());
    if (hostname !== '127.0.0.1' && !request.url().startsWith('data:')) faults.push(`asked ${hostname}`);
  });
  return { page, faults, close: () => context.close() };
};

/** Signs in at an address as a person would: by the button, then by a choice among the demo identities. */
export const signIn = async (page: Page, identity: string, path = '/'): Promise<void> => {
  await page.goto(new URL(path, home).href);
  await page.getByRole('button', { name: '登录' }).click();
  await page.locator(`a:has(small:text-is("${identity}"))`).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
};

/** Waits until nothing is loading any more. */
export const settled = async (page: Page): Promise<void> => {
  // A live page is never without a request: what loads says so.
  await page.waitForFunction(() => {
    const { document } = globalThis as unknown as { document: { querySelector(what: string): unknown } };
    return document.querySelector('[aria-busy="true"], .ant-spin-spinning') === null;
  });
};

/** What axe finds that keeps people out: serious and critical, each with where it is. */
export const barriers = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`),
    );
};

/** By how many pixels a page is wider than its window. */
export const overflow = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));

const widths = [360, 1280, 1920];

/** What is wrong with a page at any width: barriers, and whatever breaks out of the window. */
export const wrongOn = async (page: Page): Promise<string[]> => {
  const wrong = await barriers(page);
  for (const width of widths) {
    await page.setViewportSize({ ...usualWindow, width });
    const tooWide = await overflow(page);
    if (tooWide > 0) wrong.push(`${tooWide} pixels too wide at ${width}`);
  }
  await page.setViewportSize(usualWindow);
  return wrong;
};

/** Keeps a picture of the page from its top for the README, where the run is to make them. */
export const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.TEST_SCREENSHOTS !== 'on') return;
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, pictures)), animations: 'disabled' });
};
