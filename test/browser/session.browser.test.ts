import type { Browser, Page } from 'playwright-core';
import { barriers, launch, picture, settled, signIn, type Visit, visit } from './support/browser.ts';
import { home } from './support/registry.ts';

let browser: Browser;
let one: Visit;
let page: Page;

beforeAll(async () => {
  browser = await launch();
});
beforeEach(async () => {
  one = await visit(browser);
  ({ page } = one);
});
afterEach(() => one.close());
afterAll(() => browser.close());

test('signing in leads back to the page that was asked for', async () => {
  await signIn(page, 'shanxi', '/overview?scope=140100');
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/overview?scope=140100');
});

test('the door and the page of identities keep nobody out', async () => {
  await page.goto(home);
  await page.getByRole('button', { name: '登录' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '以谁的身份登录？' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await picture(page, 'sign-in');
});

test('a session that is over is told on the spot, and signing in again leads back', async () => {
  await signIn(page, 'registrar', '/students?grade=2');
  await page.route('**/graphql', (route) =>
    route.fulfill({
      status: 401,
      contentType: 'application/json',
      body: JSON.stringify({ errors: [{ message: 'over', extensions: { code: 'UNAUTHENTICATED' } }] }),
    }),
  );
  await page.getByRole('button', { name: '下一页' }).or(page.getByLabel('年级')).first().waitFor();
  await page.getByRole('link', { name: '概览' }).click();
  await page.getByText('登录已过期').first().waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: '重新登录' }).click();
  await page.locator('a:has(small:text-is("registrar"))').click();
  await page.waitForURL('**/overview');
  await settled(page);
  await page.locator('[data-figure="total"]').waitFor();
});

test('tokens are renewed before they end, without the reader', async () => {
  await signIn(page, 'registrar', '/overview');
  const renewed = page.waitForResponse((response) => response.url().endsWith('/token'));
  await page.evaluate(`(() => {
    const key = Object.keys(sessionStorage).find((name) => name.startsWith('oidc.user:'));
    const user = JSON.parse(sessionStorage.getItem(key));
    sessionStorage.setItem(key, JSON.stringify({ ...user, expires_at: Math.floor(Date.now() / 1000) + 20 }));
  })()`);
  await page.reload();
  expect((await renewed).status()).toBe(200);
  await page.locator('[data-figure="total"]').waitFor();
});

test('signing out forgets the tokens and asks to sign in again', async () => {
  await signIn(page, 'registrar', '/overview');
  await page.getByRole('button', { name: '退出登录' }).click();
  await page.getByText('您已退出登录。').waitFor();
  expect(
    await page.evaluate(`Object.keys(sessionStorage).filter((name) => name.startsWith('oidc.user:')).length`),
  ).toBe(0);
  await page.goto(new URL('/overview', home).href);
  await page.getByRole('button', { name: '登录' }).waitFor();
  expect(await page.locator('[data-figure]').count()).toBe(0);
});

test('the console speaks English where asked, and remembers it', async () => {
  await signIn(page, 'shanxi', '/overview');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  expect(await page.evaluate('document.documentElement.lang')).toBe('en');
  expect(one.faults).toEqual([]);
});

test('the keyboard reaches the content first, and every entry of the navigation', async () => {
  await signIn(page, 'registrar', '/overview');
  await page.evaluate('document.activeElement?.blur()');
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('跳到正文');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement?.id')).toBe('content');
  await page.getByRole('link', { name: '学生', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/students');
});

test('an address of no page says so, and leads home', async () => {
  await signIn(page, 'registrar', '/overview/nowhere');
  await page.getByText('没有这个页面').waitFor();
  await page.getByRole('link', { name: '返回首页' }).click();
  await page.waitForURL((url) => url.pathname !== '/overview/nowhere');
  await page.getByRole('navigation').first().waitFor();
});

test('a graph that does not answer is told with a way to ask again', async () => {
  await signIn(page, 'shanxi', '/overview');
  await page.route('**/graphql', (route) => route.fulfill({ status: 503, body: '' }));
  await page.getByRole('link', { name: '学生', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '学生' }).waitFor();
  await page.getByText('服务暂不可用，请稍后重试').first().waitFor();
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: '重试' }).first().click();
  await page.getByRole('table').first().waitFor();
});
