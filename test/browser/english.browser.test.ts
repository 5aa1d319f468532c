import type { Page } from 'playwright-core';
import { settled } from './support/browser.ts';
import { registered } from './support/registration.ts';
import { home } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();

/** What the console itself says, other than the names and words that people gave: its shell, its buttons, its headings. */
const own = [
  ...['nav a', 'button', 'h1', 'h2', 'h3', 'th', 'dt', 'label', 'legend', '[role="tab"]', 'figcaption'],
  ...[
    '.ant-breadcrumb li',
    '.ant-empty-description',
    '.ant-select-placeholder',
    '.ant-tag',
    '.ant-alert-title',
  ],
];
/** The way back to Chinese is said in Chinese, and a place has but one name. */
const meant = ['中文', '小店区'];

const leftInChinese = (page: Page): Promise<string[]> =>
  page.evaluate(
    ([selector = '', ...allowed]) => {
      type Part = { innerText: string; getAttribute(name: string): string | null };
      const { document } = globalThis as unknown as {
        document: { querySelectorAll(of: string): Iterable<Part>; title: string };
      };
      const texts = [...document.querySelectorAll(selector)].map(({ innerText }) => innerText);
      const names = ['aria-label', 'placeholder'].flatMap((name) =>
        [...document.querySelectorAll(`[${name}]`)].map((part) => part.getAttribute(name) ?? ''),
      );
      const isChinese = (text: string) => /\p{Script=Han}/u.test(text) && !allowed.includes(text);
      return [...texts, ...names].filter(isChinese);
    },
    [own.join(', '), ...meant],
  );

// What findings cite stays as it was published: the titles of the law’s documents, and the statements of its rules.
test('somebody who chose English finds no Chinese in the shell, on buttons and in headings of the overview, the inbox, a case and the law', async () => {
  await registered('样例英文');
  const { page, faults } = await opened('xiaodian', '/overview');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  const found: Record<string, string[]> = {};
  const look = async (): Promise<void> => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await settled(page);
    await page.evaluate('scrollTo(0, document.body.scrollHeight)');
    await settled(page);
    const left = await leftInChinese(page);
    if (left.length > 0) found[page.url()] = left;
  };
  await look();
  const addresses = [
    '/work',
    '/students',
    '/reports',
    '/figures?attributes=STATUS',
    '/law',
    '/law?tab=parameters',
    '/law?tab=case',
    '/law/rules/TRF-05',
  ];
  for (const address of addresses) {
    await page.goto(new URL(address, home).href);
    await look();
  }
  await page.goto(new URL('/work?kind=REGISTRATION', home).href);
  await settled(page);
  await page.locator('tbody a').first().click();
  await page.waitForURL('**/work/registrations');
  await look();
  expect(found).toEqual({});
  expect(faults).toEqual([]);
});
