import type { Browser, Page } from 'playwright-core';
import {
  type KeptSession,
  keptSession,
  launch,
  settled,
  signIn,
  type Visit,
  visit,
  type Window,
} from './browser.ts';
import { home } from './registry.ts';

type Opened = (identity: string, path?: string, window?: Window) => Promise<Visit>;

/** Who signed in before in this run: signing in again shows nothing new. */
const sessions = new Map<string, KeptSession>();

const goTo = async (page: Page, path: string): Promise<void> => {
  await page.goto(new URL(path, home).href);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
};

/** One browser for the tests of a file; what they open, each in a profile of its own, is closed after each of them. */
export const visitsOfTests = (): { browser(): Browser; opened: Opened } => {
  let browser: Browser;
  const visits: Visit[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterEach(async () => {
    for (const one of visits.splice(0)) await one.close();
  });
  afterAll(() => browser.close());
  return {
    browser: () => browser,
    opened: async (identity, path = '/', window) => {
      const session = sessions.get(identity);
      const one = await visit(browser, window, session);
      visits.push(one);
      if (session) await goTo(one.page, path);
      else {
        await signIn(one.page, identity, path);
        sessions.set(identity, await keptSession(one.page));
      }
      return one;
    },
  };
};
