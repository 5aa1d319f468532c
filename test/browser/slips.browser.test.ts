import { settled, wrongOn } from './support/browser.ts';
import { give } from './support/form.ts';
import { lateMatter } from './support/late-slip.ts';
import { ask } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();
const answers = '经核实，系录入有误';

test('a verification slip of yesterday is overdue in the inbox of the province, which answers it; the ministry issues another to the city and ends the complaint', async () => {
  const { page, faults } = await opened('shanxi', '/work?kind=TICKET');
  const late = page.getByRole('row').filter({ hasText: '已逾期 · 过期1天' });
  await late.getByRole('link', { name: '核查单' }).click();
  await page.getByText(lateMatter).waitFor();
  const clocks = page.getByRole('region', { name: '期限' });
  await clocks.getByText('已逾期 · 过期1天').waitFor();
  expect(await wrongOn(page)).toEqual([]);
  await give(page, '答复', async (dialog) => {
    await dialog.getByLabel('经核实的情况').fill(answers);
    await dialog.getByLabel('承办人', { exact: true }).fill('承办人丙');
    await dialog.getByLabel('承办人电话').fill('03512222222');
  });
  await page.getByText('已答复').first().waitFor();
  expect(await clocks.getByText('已逾期').count()).toBe(0);
  expect(faults).toEqual([]);

  const centre = await opened('information-centre', '/work?kind=TICKET');
  await centre.page.getByRole('row').filter({ hasText: '投诉' }).getByRole('link').first().click();
  await centre.page.getByText(lateMatter).waitFor();
  await give(centre.page, '核发核查单', async (dialog) => {
    await dialog.getByLabel('发往单位代码').fill('140100');
    await dialog.getByLabel('期限', { exact: true }).fill('2026-09-09');
    await dialog.getByLabel('责任人', { exact: true }).fill('责任人丁');
    await dialog.getByLabel('责任人联系电话').fill('03513333333');
  });
  const slips = centre.page.getByRole('region', { name: '下发的单' }).getByRole('row');
  const slip = await slips.filter({ hasText: '还有7天' }).getByRole('link').getAttribute('href');

  const city = await opened('taiyuan', '/work?kind=TICKET');
  await city.page.locator(`a[href="${slip}"]`).click();
  await give(city.page, '答复', async (dialog) => {
    await dialog.getByLabel('经核实的情况').fill('与省里所报一致');
    await dialog.getByLabel('承办人', { exact: true }).fill('承办人戊');
    await dialog.getByLabel('承办人电话').fill('03514444444');
  });
  await city.page.getByText('与省里所报一致').first().waitFor();
  expect(city.faults).toEqual([]);

  await slips.filter({ hasText: '已答复' }).nth(1).waitFor();
  await give(centre.page, '办结', (dialog) => dialog.getByLabel('办理结果').fill('已按户口簿更正'));
  await centre.page.getByText('已办结').first().waitFor();
  expect(centre.faults).toEqual([]);
});

test('a report slip bears the seal of the province, is accepted by the ministry and comes back with its opinion', async () => {
  const contact = { name: '联系人丁', unit: '山西省教育厅', phone: '03513333333' };
  const { draftReportSlip } = (await ask(
    'shanxi',
    'mutation ($input: DraftReportSlipInput!) { draftReportSlip(input: $input) { ticket { id } } }',
    {
      input: {
        ...{ idempotencyKey: crypto.randomUUID(), businessContact: contact, technicalContact: contact },
        items: [{ description: '全国系统查重缓慢', scope: 'SYSTEM_OPERATION' }],
      },
    },
  )) as { draftReportSlip: { ticket: { id: string } } };
  const path = `/work/tickets/${draftReportSlip.ticket.id}`;
  const province = await opened('shanxi', '/work?kind=TICKET');
  await province.page.locator(`a[href="${path}"]`).click();
  await province.page.getByText('全国系统查重缓慢').first().waitFor();
  await give(province.page, '盖章报送', (dialog) => dialog.getByLabel('省级印章已加盖').check());
  await settled(province.page);

  const { page, faults } = await opened('ministry', '/work?kind=TICKET');
  await page.locator(`a[href="${path}"]`).click();
  await give(page, '受理报告单', async (dialog) => {
    await dialog.getByLabel('受理人').fill('受理人己');
    await dialog.getByLabel('受理单位').fill('基础教育司');
  });
  await give(page, '填写处理意见', (dialog) => dialog.getByLabel('教育部处理意见').fill('已扩容'));
  await page.getByText('已扩容').first().waitFor();
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);

  await province.page.getByText('已扩容').first().waitFor();
  expect(province.faults).toEqual([]);
});
