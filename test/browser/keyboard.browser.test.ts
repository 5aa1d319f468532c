import type { Page } from 'playwright-core';
import { settled, visit } from './support/browser.ts';
import { registered } from './support/registration.ts';
import { home } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { browser } = visitsOfTests();
const furthest = 80;

type Box = { matches(of: string): boolean; closest(of: string): Box | null; outerHTML: string };
type Look = { outlineStyle: string; boxShadow: string };
type Shown = { document: { activeElement: Box }; getComputedStyle(of: Box): Look };

/** What has the focus, and whether it is what is looked for. */
const focused = (page: Page, selector: string): Promise<{ isIt: boolean; what: string }> =>
  page.evaluate((wanted) => {
    const { activeElement } = (globalThis as unknown as Shown).document;
    return { isIt: activeElement.matches(wanted), what: activeElement.outerHTML.slice(0, 120) };
  }, selector);

/** Waits until one sees what has the focus: by an outline or a glow, of itself or of the box that is drawn for it. */
const isSeen = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => {
    const { document, getComputedStyle } = globalThis as unknown as Shown;
    const element = document.activeElement;
    const drawn = ['.ant-checkbox', '.ant-select', '.ant-input-affix-wrapper'].map((of) =>
      element.closest(of),
    );
    return [element, ...drawn].some((box) => {
      if (!box) return false;
      const { outlineStyle, boxShadow } = getComputedStyle(box);
      return outlineStyle !== 'none' || boxShadow !== 'none';
    });
  });
};

/** Goes on by `key` until the focus is where it is looked for. Throws where it never comes, or is not seen on its way. */
const goTo = async (page: Page, selector: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  const passed: string[] = [];
  for (let presses = 0; presses < furthest; presses++) {
    await page.keyboard.press(key);
    const { isIt, what } = await focused(page, selector);
    await isSeen(page).catch(() => {
      throw new Error(`the focus is not seen on ${what}`);
    });
    if (isIt) return;
    passed.push(what);
  }
  throw new Error(`the keyboard does not reach ${selector}, but ${passed.join(' ')}`);
};

const hasFocus = async (page: Page, selector: string): Promise<void> => {
  await page.locator(`${selector}:focus`).waitFor();
};

test('somebody without a mouse signs in, opens the inbox, approves a registration and goes back; the focus is seen all the way', async () => {
  await registered('样例键盘');
  const { page, faults, close } = await visit(browser());
  await page.goto(new URL('/work?kind=REGISTRATION', home).href);
  await page.getByRole('button', { name: '登录' }).waitFor();
  await goTo(page, 'button.ant-btn-primary');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '以谁的身份登录？' }).waitFor();
  await goTo(page, 'a[href*="as=xiaodian&"], a[href$="as=xiaodian"]');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '待办' }).waitFor();
  await settled(page);

  await goTo(page, 'a[href="/work/registrations"]');
  await page.keyboard.press('Enter');
  await hasFocus(page, 'h1');
  await settled(page);
  const rows = page.locator('tbody .ant-table-row');
  const before = await rows.count();
  await goTo(page, 'tbody .ant-checkbox-input');
  await page.keyboard.press('Space');
  const approve = page.getByRole('button', { name: '核准所选', exact: true });
  await approve.waitFor();
  await goTo(page, '.ant-btn-primary', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await hasFocus(page, '[role="dialog"] *');
  await page.keyboard.press('Escape');
  await hasFocus(page, '.ant-btn-primary');
  await page.keyboard.press('Enter');
  await hasFocus(page, '[role="dialog"] *');
  await goTo(page, '[role="dialog"] .ant-btn-primary');
  await page.keyboard.press('Enter');
  await rows.nth(before - 1).waitFor({ state: 'detached' });
  await hasFocus(page, 'h1');

  await goTo(page, 'a[href="/work"]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname === '/work');
  await hasFocus(page, 'h1');
  expect(faults).toEqual([]);
  await close();
});
