import type { Page } from 'playwright-core';
import { barriers, overflow, picture, settled, wrongOn } from './support/browser.ts';
import { choose, give, handIn } from './support/form.ts';
import { ask } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();
const way = '小店区知行小学 → 迎泽区知行小学';
const phone = { width: 360, height: 800 };

type Child = { id: string; name: string; identityDocument: { number: string } };
let child: Child;

beforeAll(async () => {
  const { enrollments } = (await ask(
    'guardian',
    '{ enrollments { edges { node { student { id name identityDocument { number(full: true) } } } } } }',
  )) as { enrollments: { edges: { node: { student: Child } }[] } };
  const [own] = enrollments.edges.map(({ node }) => node.student);
  if (!own) throw new Error('the guardian has no child');
  child = own;
});

/** The case as it lies in the inbox of somebody, opened; whose it is the receiving side does not see yet. */
const fromInbox = async (identity: string) => {
  const one = await opened(identity, '/work');
  await one.page.getByRole('row').filter({ hasText: way }).getByRole('link').first().click();
  await one.page.getByRole('heading', { level: 1, name: '转学' }).waitFor();
  await settled(one.page);
  return one;
};

/** Every rule that the page gives as a reason, with its article. */
const reasons = async (page: Page): Promise<string> =>
  (await page.locator('.ant-alert').allInnerTexts()).join('\n');

test('the receiving school sees while it fills in what stands against a transfer, by rule and article; with the papers nothing does', async () => {
  const { page, faults } = await opened('other-registrar', '/work');
  await page.getByRole('link', { name: '办理转入' }).click();
  await page.getByLabel('姓名').fill(child.name);
  await page.getByLabel('证件号码').fill(child.identityDocument.number);
  await choose(page, '种类', '省内转学');
  await choose(page, '转入学段', '小学');
  await page.getByLabel('转入年级').fill('3');
  expect(await page.getByLabel('申请日期').inputValue()).toBe('2026-09-02');
  await choose(page, '原因', '户籍迁移');
  await choose(page, '户籍迁移范围', '跨县');
  for (const box of ['监护人一同迁移', '转学原因证明已核实', '符合转入地要求'])
    await page.getByLabel(box).check();
  await page.getByText(/TRF-22/).waitFor();
  expect(await reasons(page)).toMatch(/TRF-05 · .*第.+条/);
  expect(await barriers(page)).toEqual([]);
  await picture(page, 'transfer-refused');
  await page.getByRole('button', { name: '提出转学' }).click();
  await page
    .getByRole('status')
    .getByText(/TRF-05/)
    .waitFor();

  await handIn(page, '监护人的书面申请');
  await handIn(page, '转学原因证明');
  await page.getByText('没有障碍').waitFor();
  await page.getByRole('button', { name: '提出转学' }).click();
  await page.waitForURL(/\/work\/transfers\/[0-9a-f-]{36}$/);
  await settled(page);
  expect(page.url()).not.toContain(child.identityDocument.number);
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
});

/** Whoever handles and whoever decides in a unit do their part: two people (ACC-18). */
const agreed = async (registrar: string, head: string): Promise<void> => {
  const handling = await fromInbox(registrar);
  await give(handling.page, '经办', (dialog) => dialog.getByLabel('经办意见').fill('材料齐全'));
  const deciding = await fromInbox(head);
  await give(deciding.page, '同意');
  expect([...handling.faults, ...deciding.faults]).toEqual([]);
};

test('the case goes through the four inboxes, a forbidden reason is refused by its rule, and the family follows it on a phone', async () => {
  const family = await opened('guardian', `/students/${child.id}`, phone);
  const onPhone = (text: string) => family.page.getByRole('article').getByText(text, { exact: true }).first();
  const starting = await fromInbox('other-head');
  await give(starting.page, '同意');
  await family.page.reload();
  await onPhone('转出学校核办').waitFor();
  expect(await overflow(family.page)).toBe(0);
  expect(await barriers(family.page)).toEqual([]);
  await picture(family.page, 'guardian-transfer');

  const handling = await fromInbox('registrar');
  await give(handling.page, '经办', (dialog) => dialog.getByLabel('经办意见').fill('材料齐全'));
  const { page, faults } = await fromInbox('head');
  await page.getByRole('button', { name: '不予同意' }).click();
  const dialog = page.getByRole('dialog', { name: '不予同意' });
  await choose(dialog, '法定理由', '学籍号为临时号（不得以此驳回）');
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: '不予同意' }).click();
  await dialog
    .getByRole('status')
    .getByText(/ID-06 · .+/)
    .first()
    .waitFor();
  await dialog.getByRole('button', { name: '取消' }).click();
  await give(page, '同意');
  expect([...handling.faults, ...faults]).toEqual([]);
  await onPhone('双方主管部门核办').waitFor();

  await agreed('xiaodian', 'xiaodian-head');
  await agreed('yingze', 'yingze-head');
  await onPhone('学籍已转接').waitFor();
  expect(await overflow(family.page)).toBe(0);
  expect(family.faults).toEqual([]);

  const receiving = await opened('other-registrar', `/students/${child.id}`);
  await receiving.page.locator('dd', { hasText: '迎泽区知行小学' }).first().waitFor();

  const city = await opened('taiyuan', '/overview');
  const moves = city.page.locator('section:has(h2:text-is("转学去向"))');
  await city.page.evaluate('scrollTo(0, document.body.scrollHeight)');
  for (const county of ['小店区', '迎泽区']) await moves.locator('svg text', { hasText: county }).waitFor();
  expect(city.faults).toEqual([]);
}, 180_000);
