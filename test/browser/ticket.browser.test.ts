import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { picture, settled, wrongOn } from './support/browser.ts';
import { give } from './support/form.ts';
import { ask } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();
const school = DEMO_SCHOOLS.taiyuanPrimary;
const matter = '孩子的姓名登记有误，学校一直未予更正';

type Filed = { fileComplaint: { ticket: { id: string } | null; findings: unknown[] } };

/** A complaint of a guardian about the own child's school, as the portal files it. */
const filed = async (): Promise<string> => {
  const { enrollments } = (await ask(
    'guardian',
    '{ enrollments { edges { node { student { id } } } } }',
  )) as {
    enrollments: { edges: { node: { student: { id: string } } }[] };
  };
  const { fileComplaint } = (await ask(
    'guardian',
    'mutation ($input: FileComplaintInput!) { fileComplaint(input: $input) { ticket { id } findings { message } } }',
    {
      input: {
        ...{ idempotencyKey: crypto.randomUUID(), student: enrollments.edges[0]?.node.student.id },
        ...{ against: [school], matter, reporter: { name: '反映人甲', phone: '13912345678' } },
      },
    },
  )) as Filed;
  if (!fileComplaint.ticket) throw new Error(JSON.stringify(fileComplaint.findings));
  return fileComplaint.ticket.id;
};

const ticketOf = async (identity: string, id: string) => {
  const one = await opened(identity, `/work/tickets/${id}`);
  await one.page.getByRole('heading', { level: 2, name: '工单' }).waitFor();
  return one;
};

test('a complaint lies in the county’s inbox; it has the school act by a slip, which answers it, and ends it', async () => {
  const id = await filed();
  const { page, faults } = await opened('xiaodian', '/work?kind=TICKET');
  await page.locator(`a[href="/work/tickets/${id}"]`).click();
  await page.getByText(matter).waitFor();
  await give(page, '告知已受理');
  await give(page, '核发督办单', async (dialog) => {
    await dialog.getByLabel('发往单位代码').fill(school);
    await dialog.getByLabel('期限', { exact: true }).fill('2026-09-09');
    await dialog.getByLabel('责任人').first().fill('责任人乙');
    await dialog.getByLabel('责任人联系电话').fill('03511111111');
    await dialog.getByLabel('拟办意见').fill('请核对户口簿后更正');
  });
  const slip = page.getByRole('region', { name: '下发的单' }).getByRole('link');
  await slip.waitFor();
  expect(await wrongOn(page)).toEqual([]);
  await picture(page, 'ticket');

  const answering = await opened('head', '/work?kind=TICKET');
  await answering.page.locator(`a[href="${await slip.getAttribute('href')}"]`).click();
  await give(answering.page, '答复', async (dialog) => {
    await dialog.getByLabel('办理情况').fill('已按户口簿更正');
    await dialog.getByLabel('承办人').first().fill('承办人乙');
    await dialog.getByLabel('承办人电话').fill('03512222222');
  });
  await answering.page.getByText('已按户口簿更正').first().waitFor();
  expect(answering.faults).toEqual([]);

  await settled(page);
  await give(page, '办结', (dialog) => dialog.getByLabel('办理结果').fill('姓名已更正'));
  await page.getByText('已办结').first().waitFor();
  expect(faults).toEqual([]);
});

test('a complaint that the county cannot settle goes up: the city has it in its inbox, with its clocks', async () => {
  const id = await filed();
  const county = await ticketOf('xiaodian', id);
  await give(county.page, '报上一级处理', (dialog) => dialog.getByLabel('理由').fill('涉及两区，须市级协调'));
  const city = await opened('taiyuan', '/work?kind=TICKET');
  await city.page.locator(`a[href="/work/tickets/${id}"]`).click();
  await city.page.getByText(matter).waitFor();
  await city.page.getByText('涉及两区，须市级协调').waitFor();
  expect(await wrongOn(city.page)).toEqual([]);
  expect([...county.faults, ...city.faults]).toEqual([]);
});
