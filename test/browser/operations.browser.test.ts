import { SERVICES } from '#libs/contracts/vocabulary.ts';
import { picture, settled, type Visit, wrongOn } from './support/browser.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();

const isSound = async ({ page, faults }: Visit): Promise<void> => {
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
};

test('an operator sees every service run, its clocks and readings, and looks again by itself', async () => {
  const one = await opened('information-centre', '/operations');
  const { page } = one;
  const services = page.getByRole('region', { name: '服务' });
  await services.getByText('运行中').first().waitFor();
  expect(await services.getByText('运行中').count()).toBe(SERVICES.length);
  await page.getByRole('cell', { name: '转学和跨省就学' }).waitFor();
  await page.waitForResponse(
    (response) => response.request().postData()?.includes('"operationName":"Operations"') === true,
  );
  await settled(page);
  await isSound(one);
  await picture(page, 'operations');
});

test('a county has no such page, and is refused at its address', async () => {
  const one = await opened('xiaodian', '/operations');
  await one.page.locator('[data-problem="OUT_OF_JURISDICTION"]').waitFor();
  expect(await one.page.getByRole('link', { name: '运行' }).count()).toBe(0);
});

test('somebody tries a case: a child of five in Shanxi is held, and the same child in Beiguan refused', async () => {
  const one = await opened('xiaodian', '/law?tab=case&region=140105&on=2026-11-02');
  const { page } = one;
  await page.getByText('可以办理').first().waitFor();
  await page.getByLabel('入学当年截止日的周岁').fill('5');
  await page.getByText('须由有权单位写明理由决定').first().waitFor();
  await page.goto(new URL('/law?tab=case&region=140105&on=2026-11-02&other=410503', page.url()).href);
  await page.getByLabel('入学当年截止日的周岁').fill('5');
  await page.getByText('不得办理').first().waitFor();
  await page.getByText('须由有权单位写明理由决定').first().waitFor();
  await settled(page);
  await isSound(one);
  await picture(page, 'law-case');
});
