import { readFileSync } from 'node:fs';
import { settled, visit } from './support/browser.ts';
import { ask, home } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { browser } = visitsOfTests();
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

type Rows = { rows: { count: number; keys: { value: string }[] }[] };

/** How many pupils a province has in the third grade of primary school, as the graph tells it. */
const inGradeThree = async (identity: string): Promise<number> => {
  const { pupils } = (await ask(
    identity,
    '{ pupils: enrollmentStatistics(by: [STAGE, GRADE]) { rows { count keys { value } } } }',
  )) as { pupils: Rows };
  const row = pupils.rows.find(({ keys }) => keys.map(({ value }) => value).join(' ') === 'PRIMARY 3');
  return row?.count ?? 0;
};

test('somebody who knows nothing but the README finds how many pupils Shanxi has in grade 3', async () => {
  const [, who = '', chart = '', table = '', row = ''] =
    /grade 3\?\*\* Sign in as (\S+); .*\((\S+)\) into a table \((\S+)\): the row\n(.+)\./.exec(readme) ?? [];
  const { page, faults, close } = await visit(browser());
  await page.goto(home);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('link', { name: who }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
  const panel = page.getByRole('region', { name: chart });
  await panel.getByText(table, { exact: true }).click();
  const [stage = '', grade = ''] = row.split(' ');
  const cells = panel
    .getByRole('row')
    .filter({ hasText: stage })
    .filter({ hasText: grade })
    .getByRole('cell');
  const shown = Number((await cells.last().innerText()).replaceAll(',', ''));
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBe(await inGradeThree('shanxi'));
  expect(faults).toEqual([]);
  await close();
});
