import type { Browser } from 'playwright-core';
import { launch, signIn, type Visit, visit, type Window } from './browser.ts';

type Opened = (identity: string, path?: string, window?: Window) => Promise<Visit>;

/** One browser for the tests of a file; what they open, each signed in anew, is closed after each of them. */
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
    opened: async (identity, path, window) => {
      const one = await visit(browser, window);
      visits.push(one);
      await signIn(one.page, identity, path);
      return one;
    },
  };
};
