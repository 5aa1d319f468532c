import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { picture, settled, wrongOn } from './support/browser.ts';
import { give } from './support/form.ts';
import { ask } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();

type Table = { total: number; rows: { count: number; keys: { value: string }[] }[] };

const boardersIn = async (scope: string): Promise<Record<string, number>> => {
  const { table } = (await ask(
    'shanxi',
    'query ($scope: ID) { table: enrollmentStatistics(scope: $scope, by: [BOARDER]) { total rows { count keys { value } } } }',
    { scope },
  )) as { table: Table };
  const of = (value: string) => table.rows.find(({ keys }) => keys[0]?.value === value)?.count ?? 0;
  return { yes: of('true'), no: of('false'), all: table.total };
};

/** The sums of the table that is shown, as far as they are counts. */
const sums = async (page: Page): Promise<Record<string, number>> => {
  const cells = await page.locator('tr.figures-sum').first().locator('td').allInnerTexts();
  const [yes, no, all] = cells.slice(-5, -2).map((text) => Number(text.replaceAll(',', '')));
  return { yes: yes ?? 0, no: no ?? 0, all: all ?? 0 };
};

test('a province counts its boarders, goes down to a city, takes the table out as text, and asks for two attributes together by a job', async () => {
  const { page, faults } = await opened('shanxi', '/figures?attributes=BOARDER');
  expect(await sums(page)).toEqual(await boardersIn('140000'));
  await picture(page, 'figures');
  await page.getByRole('link', { name: '太原市', exact: true }).first().click();
  await page.locator('[aria-current="page"]', { hasText: '太原市' }).waitFor();
  await settled(page);
  expect(await sums(page)).toEqual(await boardersIn('140100'));
  expect(new URL(page.url()).searchParams.get('attributes')).toBe('BOARDER');

  await give(page, '导出', async (dialog) => {
    await dialog.getByText('CSV（UTF-8 文本）').click();
    await dialog.getByLabel('用途').fill('年度工作总结');
  });
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载 CSV' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain('单位代码,单位,学段,是否住宿,人数');
  expect(await wrongOn(page)).toEqual([]);

  const together = new URL(page.url());
  together.searchParams.set('attributes', 'BOARDER,MIGRANT');
  await page.goto(together.href);
  await page.getByText('没有现成的统计表').waitFor();
  await give(page, '提交统计任务', (dialog) => dialog.getByLabel('用途').fill('分析寄宿需求'));
  await page.getByRole('status').filter({ hasText: '已完成' }).waitFor();
  await page.locator('tr.figures-sum').first().waitFor();
  const { all } = await boardersIn('140100');
  const cells = await page.locator('tr.figures-sum').first().locator('td').allInnerTexts();
  expect(cells.map((cell) => cell.replaceAll(',', ''))).toContain(String(all));
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
});
