import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { addDays } from '#libs/law/dates.ts';
import { picture, settled, type Visit, wrongOn } from './support/browser.ts';
import { ask } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();

/** Nobody is kept out, nothing breaks out of the window at any width, nothing was complained of. */
const isSound = async ({ page, faults }: Visit): Promise<void> => {
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
};

const withOverview = ['ministry', 'shanxi', 'taiyuan', 'xiaodian', 'registrar', 'head'];
const withoutOverview = ['class-teacher', 'guardian', 'stranger', 'call-centre'];

type Table = { total: number; rows: { count: number; keys: { value: string }[] }[] };

const figuresOf = async (identity: string) => {
  const { all, genders } = (await ask(
    identity,
    '{ all: enrollmentStatistics(by: [UNIT]) { total rows { count keys { value } } } genders: enrollmentStatistics(by: [GENDER]) { total rows { count keys { value } } } }',
  )) as { all: Table; genders: Table };
  const count = (gender: string): number =>
    genders.rows.find(({ keys }) => keys[0]?.value === gender)?.count ?? 0;
  return { total: all.total, boys: count('MALE'), girls: count('FEMALE'), below: all.rows.length };
};

const shown = async ({ page }: Visit, figure: string): Promise<number> =>
  Number((await page.locator(`[data-figure="${figure}"]`).innerText()).replaceAll(',', ''));

test.each(withOverview)('%s sees on the overview the figures that the graph gives', async (identity) => {
  const figures = await figuresOf(identity);
  const one = await opened(identity, '/overview');
  expect(figures.total).toBeGreaterThan(0);
  expect(await shown(one, 'total')).toBe(figures.total);
  expect(await shown(one, 'boys')).toBe(figures.boys);
  expect(await shown(one, 'girls')).toBe(figures.girls);
  if (identity !== 'registrar' && identity !== 'head') expect(await shown(one, 'below')).toBe(figures.below);
  await isSound(one);
  await picture(one.page, `overview-${identity}`);
});

test.each(withoutOverview)('%s sees the students of their own, and no overview', async (identity) => {
  const one = await opened(identity, '/students');
  expect(await one.page.getByRole('link', { name: '概览' }).count()).toBe(0);
  await isSound(one);
});

test('the ministry goes down to a school, and back by the trail; every step stands in the address', async () => {
  const { page } = await opened('ministry', '/overview');
  for (const name of ['山西省', '太原市', '小店区']) {
    await page.getByRole('link', { name, exact: true }).first().click();
    await page.getByText(name).first().waitFor();
    await settled(page);
  }
  expect(new URL(page.url()).search).toBe('?scope=140105');
  const { there } = (await ask(
    'ministry',
    '{ there: enrollmentStatistics(scope: "140105", by: [STAGE]) { total } }',
  )) as { there: Table };
  expect(await page.locator('[data-figure="total"]').innerText()).toBe(String(there.total));
  await page.reload();
  await settled(page);
  expect(await page.locator('[data-figure="total"]').innerText()).toBe(String(there.total));
  await page.getByRole('link', { name: '山西省', exact: true }).click();
  await settled(page);
  expect(new URL(page.url()).search).toBe('?scope=140000');
});

test('an earlier day shows the figures of its end, stands in the address, and the way back leads to now', async () => {
  const { now } = (await ask('shanxi', '{ now: enrollmentStatistics(by: []) { asOf } }')) as {
    now: { asOf: string };
  };
  const day = addDays(now.asOf.slice(0, 10), -1);
  const { then } = (await ask(
    'shanxi',
    `{ then: enrollmentStatistics(by: [], asOf: "${day}") { total } }`,
  )) as { then: Table };
  const one = await opened('shanxi', '/overview');
  await one.page.getByLabel('统计日期').fill(day);
  await one.page.locator('[data-figure="total"]', { hasText: new RegExp(`^${then.total}$`) }).waitFor();
  expect(new URL(one.page.url()).searchParams.get('asOf')).toBe(day);
  await one.page.goBack();
  await settled(one.page);
  expect(new URL(one.page.url()).searchParams.get('asOf')).toBeNull();
  await isSound(one);
});

test('the chart of grades is a table as well, with the same sum', async () => {
  const one = await opened('shanxi', '/overview');
  await one.page.getByText('表', { exact: true }).first().click();
  const cells = one.page.locator(
    'section:has(h2:text-is("各年级在校生")) tbody tr.ant-table-row td:last-child',
  );
  await cells.first().waitFor();
  const sums = await cells.allInnerTexts();
  const total = sums.reduce((sum, text) => sum + Number(text.replaceAll(',', '') || 0), 0);
  expect(total).toBe(await shown(one, 'total'));
  await isSound(one);
});

test('the overview follows what happens: a refusal elsewhere is counted without loading again', async () => {
  const one = await opened('shanxi', '/overview');
  const before = await shown(one, 'total');
  await ask(
    'xiaodian',
    `mutation { decideRegistrations(input: { idempotencyKey: "browser-1", decision: REFUSE, ground: NOT_ATTENDING, reason: "未到校就读", allPendingOfSchool: "${DEMO_SCHOOLS.taiyuanPrimary}" }) { findings { ruleId } } }`,
  );
  const figure = one.page.locator('[data-figure="total"]');
  await figure.filter({ hasNotText: new RegExp(`^${before}$`) }).waitFor();
  expect(await shown(one, 'total')).toBeLessThan(before);
  expect(one.faults).toEqual([]);
});
