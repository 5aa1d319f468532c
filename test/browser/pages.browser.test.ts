import { settled, visit, wrongOn } from './support/browser.ts';
import { ask, home } from './support/registry.ts';
import { visitsOfTests } from './support/visits.ts';

const { browser, opened } = visitsOfTests();
const STUDENT = ':student';

/** Every address of the console that stands for itself, by who has work there; cases are looked at where they are worked on. */
const pages: Record<string, readonly string[]> = {
  ministry: [
    ...[
      '/overview',
      '/work',
      '/students',
      '/reports',
      '/law',
      '/reports?tab=balance',
      '/reports?tab=recount',
    ],
    ...['/figures', '/figures?table=flows&layout=matrix', '/figures?table=published'],
  ],
  shanxi: [
    '/work',
    '/work/certificates',
    '/reports',
    '/law?tab=parameters',
    '/law?tab=comparison',
    `/students/${STUDENT}/deletion`,
  ],
  xiaodian: [
    '/work',
    '/work/registrations',
    '/reports',
    '/work/transfers/none',
    '/work/tickets/none',
    '/work/dropouts/new',
    '/work/dropouts/none',
    '/work/applications/none',
    '/work/corrections/none',
    ...['/figures?table=classes', '/figures?table=flows&by=UNIT,KIND', '/figures?table=dropouts'],
    '/work/ticket-handlers',
    '/work/contacts',
    '/classes',
  ],
  registrar: [
    ...[
      '/work',
      '/work/registrations/new',
      '/work/certificates',
      '/work/imports',
      '/work/transfers/new',
      '/work/outcomes/new',
    ],
    ...['/classes', '/classes/placing', '/classes/graduation', '/classes/admissions'],
    ...['/students?grade=3', `/students/${STUDENT}`, `/students/${STUDENT}?tab=cases`],
    ...[
      `/students/${STUDENT}/document`,
      `/students/${STUDENT}/problem`,
      `/students/${STUDENT}/dropout`,
      `/students/${STUDENT}/registration`,
    ],
    ...['/figures?table=pupils', '/reports?tab=balance'],
    ...[`/students/${STUDENT}/change`, '/reports', '/law', '/law/rules/ENR-01', '/work/nowhere'],
  ],
  guardian: [
    ...['/students', `/students/${STUDENT}`, `/students/${STUDENT}/transfer`],
    ...[`/students/${STUDENT}/update`, '/law'],
  ],
};

const pupilOf = async (identity: string): Promise<string> => {
  const { enrollments } = (await ask(
    identity,
    '{ enrollments(first: 1, filter: { status: IN_SCHOOL }) { edges { node { student { id } } } } }',
  )) as { enrollments: { edges: { node: { student: { id: string } } }[] } };
  return enrollments.edges[0]?.node.student.id ?? '';
};

test.each(Object.keys(pages))(
  'every page of %s fits into a phone, a laptop and a large screen, keeps nobody out and complains of nothing',
  async (identity) => {
    const addresses = pages[identity] ?? [];
    const needsPupil = addresses.some((address) => address.includes(STUDENT));
    const student = needsPupil ? await pupilOf(identity) : '';
    const { page, faults } = await opened(identity);
    const found: Record<string, unknown> = {};
    for (const address of addresses) {
      await page.goto(new URL(address.replace(STUDENT, student), home).href);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await settled(page);
      const wrong = (await wrongOn(page)).concat(faults.splice(0));
      if (wrong.length > 0) found[address] = wrong;
    }
    expect(found).toEqual({});
  },
  120_000,
);

test('anybody checks the code of a paper without signing in: a forged one is not found, and stays out of the address', async () => {
  const { page, faults, close } = await visit(browser());
  const forged = '7K3DQ0V9XW2M5TB8RYHJ4FGN6C';
  await page.goto(new URL(`/check#${forged}`, home).href);
  await page.getByText('未查到').waitFor();
  expect(page.url()).not.toContain(forged);
  expect(await wrongOn(page)).toEqual([]);
  expect(faults).toEqual([]);
  await close();
});
