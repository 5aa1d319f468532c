import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { sampleRows } from '#services/enrollment/import/sample/sample-rows.ts';
import { writeSampleWorkbook } from '#services/enrollment/import/sample/write-sample-workbook.ts';
import { barriers, picture } from './support/browser.ts';
import { home } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();
const rows = 6;
const order = { rows, bad: 1, seed: 77, entryYear: 2026, school: '小店区知行小学' };
const [first] = sampleRows(order);
const name = first?.cells.name ?? '';
let folder: string;
let workbook: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  workbook = join(folder, 'pupils.xlsx');
  await writeSampleWorkbook(order, createWriteStream(workbook));
});
afterAll(() => rm(folder, { recursive: true }));

/** A figure of the import that is looked at, once the import is over. */
const figure = async (page: Page, name: string): Promise<string> =>
  page.locator(`dl.figures div:has(dt:text-is("${name}")) dd`).innerText();
const isOver = (page: Page) => page.getByRole('status').filter({ hasText: '完成' }).waitFor();

test('a registrar tries a workbook, reads what is wrong with a row, and imports it; the county approves; the pupils stand in the list', async () => {
  const { page, faults } = await opened('registrar', '/work');
  await page.getByRole('link', { name: '导入采集表' }).click();
  await page.getByLabel('工作簿（xlsx）或 CSV').setInputFiles(workbook);
  await isOver(page);
  expect(await figure(page, '可建籍')).toBe(String(rows - 1));
  expect(await figure(page, '有错误')).toBe('1');
  expect(await figure(page, '已建籍')).toBe('0');
  expect(await barriers(page)).toEqual([]);
  await picture(page, 'import');
  const report = page.waitForEvent('download');
  await page.getByRole('button', { name: '下载完整报告' }).click();
  expect((await report).suggestedFilename()).toBe('import-report.xlsx');

  await page.getByRole('button', { name: '正式导入' }).click();
  await page.locator(`dl.figures div:has(dt:text-is("已建籍")) dd:text-is("${rows - 1}")`).waitFor();
  await isOver(page);
  expect(faults).toEqual([]);

  const county = await opened('xiaodian', '/work');
  await county.page.getByRole('row').filter({ hasText: name }).getByRole('link').first().click();
  const row = county.page.getByRole('row').filter({ hasText: name });
  await row.getByRole('checkbox').check();
  expect(await barriers(county.page)).toEqual([]);
  await county.page.getByRole('button', { name: '核准所选', exact: true }).click();
  await county.page.getByRole('dialog').getByRole('button', { name: '核准所选', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  expect(county.faults).toEqual([]);

  await page.goto(new URL('/students?grade=1', home).href);
  await page.getByRole('link', { name }).click();
  await page.getByText('在校', { exact: true }).first().waitFor();
  expect(faults).toEqual([]);
});
