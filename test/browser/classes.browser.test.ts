import { settled, wrongOn } from './support/browser.ts';
import { choose, give } from './support/form.ts';
import { registered } from './support/registration.ts';
import { home } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();

test('a registrar makes a class, says who leads it and places a pupil, who then sits in it', async () => {
  const name = '丁文文';
  await registered(name);
  const { page, faults } = await opened('registrar', '/classes');
  await give(page, '新建班级', async (dialog) => {
    await dialog.getByLabel('年级').fill('1');
    await dialog.getByLabel('班级名称').fill('试班');
  });
  await page.getByRole('link', { name: '试班', exact: true }).click();
  await give(page, '指定班主任', (dialog) => dialog.getByLabel('班主任登录账号').fill('teacher-of-try'));
  await page.getByText('teacher-of-try').first().waitFor();
  const schoolClass = page.url();
  await page.goto(new URL('/classes/placing?stage=PRIMARY&grade=1', home).href);
  await page
    .getByRole('row', { name: new RegExp(name) })
    .getByRole('checkbox')
    .check();
  await choose(page, '编入班级', '试班 (0/50)');
  await page.getByRole('button', { name: '编入', exact: true }).click();
  await page.getByText('已编入 1').waitFor();
  await page.goto(schoolClass);
  await page.getByRole('link', { name, exact: true }).waitFor();
  await settled(page);
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
});
