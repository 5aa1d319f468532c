import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { readPdf, scanned } from '#test/support/pictures.ts';
import { barriers, overflow, settled, type Visit, visit, wrongOn } from './support/browser.ts';
import { choose, give } from './support/form.ts';
import { ask } from './support/registry.ts';
import { sentPaper } from './support/upload.ts';
import { visitsOfTests } from './support/visits.ts';

const { browser, opened } = visitsOfTests();
const school = DEMO_SCHOOLS.taiyuanPrimary;
const phone = { width: 360, height: 800 };
const graduate = {
  ...{ school, stage: 'PRIMARY', name: '样例旧生', gender: 'FEMALE', birthDate: '1994-05-06' },
  ...{ idDocumentNumber: '140105199405060043', nativeProvince: '山西省', nativeCounty: '小店区' },
  ...{ studiedFrom: '2001-09-01', graduatedOn: '2007-07-01', schoolingYears: 6 },
};

type Drafted = {
  issueEducationStatement: {
    certificate: { id: string; number: string; student: { id: string } } | null;
    findings: unknown[];
  };
};

/** A certificate of schooling as the school of somebody drafts it who graduated before the register existed. */
const drafted = async () => {
  const evidence = [{ upload: await sentPaper('registrar', school), kind: 'STUB' }];
  const { issueEducationStatement: made } = (await ask(
    'registrar',
    'mutation ($input: IssueEducationStatementInput!) { issueEducationStatement(input: $input) { certificate { id number student { id } } findings { message } } }',
    {
      input: {
        ...{ idempotencyKey: crypto.randomUUID(), formerGraduate: graduate, evidence },
        ...{ originalNumber: '晋小字第20070012号', handler: '经手人甲', responsible: '负责人乙' },
      },
    },
  )) as Drafted;
  if (!made.certificate) throw new Error(JSON.stringify(made.findings));
  return made.certificate;
};

/** The PDF that a button of the page saves. */
const savedBy = async (page: Page, button: string): Promise<Buffer> => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFile(await (await download).path());
};

/** The page of an address on the phone of somebody who is not signed in, with its answer. */
const checkedAt = async (address: string): Promise<{ one: Visit; answer: string }> => {
  const one = await visit(browser(), phone);
  await one.page.goto(address);
  await one.page.locator('#answer strong').waitFor();
  return { one, answer: await one.page.locator('#answer').innerText() };
};

test('a certificate waits for its seal, is sealed and printed, its square of dots leads anybody to the check; one character changed and it is none; revoked it says so', async () => {
  const { id, number, student } = await drafted();
  const path = `/students/${student.id}/certificates/${encodeURIComponent(id)}`;
  const county = await opened('xiaodian-head', '/work?kind=STATEMENT');
  await county.page.locator(`a[href="${path}"]`).click();
  await give(county.page, '验印');
  await county.page.getByText('验印日期').waitFor();
  expect(county.faults).toEqual([]);

  const { page, faults } = await opened('registrar', path);
  await give(page, '打印');
  const paper = await readPdf(await savedBy(page, '下载打印件'), 2);
  const address = scanned(paper.picture) ?? '';
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
  for (const secret of [graduate.idDocumentNumber, graduate.name, number])
    expect(decodeURIComponent(address)).not.toContain(secret);

  const genuine = await checkedAt(address);
  expect(genuine.answer).toMatch(/^有效\s*学历证明书，2026年发证。$/);
  expect(genuine.one.page.url()).not.toContain('#');
  expect(await overflow(genuine.one.page)).toBe(0);
  expect(await barriers(genuine.one.page)).toEqual([]);
  const last = address.at(-1) === '7' ? '8' : '7';
  const forged = await checkedAt(`${address.slice(0, -1)}${last}`);
  expect(forged.answer).toMatch(/^未查到/);

  const issuer = await opened('head', path);
  await give(issuer.page, '作废', (dialog) => choose(dialog, '作废原因', '误发'));
  await settled(issuer.page);
  await issuer.page.getByText('作废日期').waitFor();
  const revoked = await checkedAt(address);
  expect(revoked.answer).toMatch(/^已作废/);
  for (const { one } of [genuine, forged, revoked]) {
    expect(one.faults).toEqual([]);
    await one.close();
  }
  expect(issuer.faults).toEqual([]);
});
