import type { Page } from 'playwright-core';
import { barriers, overflow, picture, settled } from './support/browser.ts';
import { ask } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();

type Pupil = { id: string; name: string; studentNumber: string };

const pupilOf = async (identity: string): Promise<Pupil> => {
  const data = (await ask(
    identity,
    '{ enrollments(first: 1, filter: { status: IN_SCHOOL }) { edges { node { student { id name studentNumber(full: true) } } } } }',
  )) as { enrollments: { edges: { node: { student: Pupil } }[] } };
  const pupil = data.enrollments.edges[0]?.node.student;
  if (!pupil) throw new Error(`${identity} has no pupil`);
  return pupil;
};

const shownAs = (page: Page, name: string): Promise<string> =>
  page.locator(`dt:text-is("${name}") + dd`).first().innerText();

test('a registrar finds a pupil by number; neither name nor number comes into the address', async () => {
  const pupil = await pupilOf('registrar');
  const { page, faults } = await opened('registrar', '/students');
  await page.getByLabel('学籍号（含历史号）').fill(pupil.studentNumber);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/students/${pupil.id}`);
  await settled(page);
  expect(await shownAs(page, '姓名')).toBe(pupil.name);
  expect(page.url()).not.toContain(pupil.studentNumber);
  expect(faults).toEqual([]);
});

test('a number of nobody, and one of another school, are answered alike', async () => {
  const elsewhere = await pupilOf('other-registrar');
  const { page } = await opened('registrar', '/students');
  for (const number of ['G140105201001010000', elsewhere.studentNumber]) {
    await page.getByLabel('学籍号（含历史号）').fill(number);
    await page.keyboard.press('Enter');
    await page.getByText('没有找到，或不在您的管理范围内').waitFor();
    expect(page.url()).toMatch(/\/students$/);
  }
});

test('the number is masked with the reason, until the school asks for it in full', async () => {
  const pupil = await pupilOf('registrar');
  const { page } = await opened('registrar', `/students/${pupil.id}`);
  expect(await shownAs(page, '学籍号')).toMatch(/^\w{3}\*+\w{2}/);
  await page
    .getByRole('button', { name: /部分隐藏/ })
    .first()
    .click();
  await page
    .getByText(/每次查看均记录在案/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: '显示完整内容（将记录）' }).click();
  await page.getByText(pupil.studentNumber).waitFor();
});

test('a class teacher asks in full and still sees it masked', async () => {
  const { id } = await pupilOf('class-teacher');
  const { page } = await opened('class-teacher', `/students/${id}`);
  await page.getByRole('button', { name: '显示完整内容（将记录）' }).click();
  await settled(page);
  expect(await shownAs(page, '学籍号')).toMatch(/\*{5}/);
});

test('every tab of a record answers, keeps its place when loaded again, and keeps nobody out', async () => {
  const { id } = await pupilOf('registrar');
  const { page, faults } = await opened('registrar', `/students/${id}`);
  for (const tab of ['经历', '业务', '学籍档案', '证书', '基本信息']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await settled(page);
    expect([tab, await page.locator('[data-problem]').count()]).toEqual([tab, 0]);
    expect([tab, await barriers(page)]).toEqual([tab, []]);
  }
  await page.getByRole('tab', { name: '经历', exact: true }).click();
  await page.reload();
  await page.getByRole('tab', { name: '经历', exact: true, selected: true }).waitFor();
  for (const width of [360, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    expect([width, await overflow(page)]).toEqual([width, 0]);
  }
  expect(faults).toEqual([]);
});

test('the record of a child of another place does not open, and does not say whether it exists', async () => {
  const { id } = await pupilOf('other-registrar');
  const texts: string[] = [];
  for (const address of [id, '01a20785-0000-7000-8000-000000000000']) {
    const { page } = await opened('registrar', `/students/${address}`);
    texts.push(await page.locator('main').innerText());
  }
  expect(texts[0]).toBe(texts[1]);
  expect(texts[0]).not.toContain('身份证件');
});

test('a guardian sees the own child on a phone, in full when asked for', async () => {
  const child = await pupilOf('guardian');
  const { page, faults } = await opened('guardian', '/students');
  await page.setViewportSize({ width: 360, height: 800 });
  await page.getByRole('link', { name: child.name }).click();
  await page.getByRole('heading', { name: '基本信息' }).waitFor();
  await picture(page, 'guardian-phone');
  await page.getByRole('button', { name: '显示完整内容（将记录）' }).click();
  await page.getByText(child.studentNumber).waitFor();
  expect(await overflow(page)).toBe(0);
  expect(faults).toEqual([]);
});
