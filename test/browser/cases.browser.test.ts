import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { settled, wrongOn } from './support/browser.ts';
import { ask, home } from './support/registry.ts';
import { sentPaper } from './support/upload.ts';
import { visitsOfTests } from './support/visits.ts';

const { opened } = visitsOfTests();
const school = DEMO_SCHOOLS.taiyuanPrimary;

type Pupil = { enrollment: string; version: number; student: string; identityVersion: number };
type Payload = Record<string, Record<string, unknown>>;

/** Pupils of the school in its second grade, of whom no other test speaks. */
const pupils = async (): Promise<Pupil[]> => {
  const { enrollments } = (await ask(
    'registrar',
    '{ enrollments(first: 5, filter: { status: IN_SCHOOL, grade: 2 }) { edges { node { id version student { id identityVersion } } } } }',
  )) as {
    enrollments: {
      edges: { node: { id: string; version: number; student: { id: string; identityVersion: number } } }[];
    };
  };
  return enrollments.edges.map(({ node: { id, version, student } }) => ({
    ...{ enrollment: id, version, student: student.id, identityVersion: student.identityVersion },
  }));
};

/** Opens a case by the graph and says which it is. */
const begun = async (identity: string, name: string, [type, gives]: [string, string], input: object) => {
  const answer = (await ask(
    identity,
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${gives} { id } findings { message } } }`,
    { input: { idempotencyKey: crypto.randomUUID(), ...input } },
  )) as Payload;
  const made = answer[name]?.[gives] as { id: string } | null | undefined;
  if (!made) throw new Error(`${name}: ${JSON.stringify(answer[name]?.findings)}`);
  return made.id;
};

const begin = {
  change: async ({ enrollment, version }: Pupil) =>
    begun('registrar', 'requestSuspension', ['SuspensionInput', 'case'], {
      ...{ enrollment, expectedVersion: version, ground: 'ILLNESS', from: '2026-09-07', to: '2027-01-15' },
      ...{ missedHours: 260, termHours: 600, reasonGiven: true },
      evidence: [
        { upload: await sentPaper('registrar', school), kind: 'APPLICATION_FORM' },
        { upload: await sentPaper('registrar', school), kind: 'HOSPITAL_RECORD', issuerLevel: 'COUNTY' },
      ],
    }),
  keyChange: async ({ student, identityVersion }: Pupil) =>
    begun('registrar', 'requestKeyInformationChange', ['RequestKeyInformationChangeInput', 'change'], {
      ...{ student, expectedVersion: identityVersion, to: { name: '样例更名' } },
      evidence: [{ upload: await sentPaper('registrar', school), kind: 'HOUSEHOLD_REGISTER' }],
    }),
  update: ({ student }: Pupil) =>
    begun('registrar', 'submitInformationUpdate', ['SubmitInformationUpdateInput', 'update'], {
      ...{ student, changes: { contactPhone: '15400000009' } },
    }),
  problem: ({ student }: Pupil) =>
    begun('registrar', 'reportProblem', ['ReportProblemInput', 'problem'], {
      ...{ student, kind: 'FALSE_INFORMATION', note: '出生日期与户口簿不符' },
    }),
  deletion: async ({ student, identityVersion }: Pupil) =>
    begun('shanxi', 'requestNumberDeletion', ['RequestNumberDeletionInput', 'deletion'], {
      ...{ student, expectedVersion: identityVersion, reason: '重复学籍，材料附后' },
      evidence: [await sentPaper('shanxi')],
    }),
};

test('the page of every kind of case fits into a phone, a laptop and a large screen, keeps nobody out and complains of nothing', async () => {
  const [ill, renamed, moved, doubtful, doubled] = (await pupils()) as [Pupil, Pupil, Pupil, Pupil, Pupil];
  const cases = {
    registrar: [
      `/work/changes/${await begin.change(ill)}`,
      `/work/key-changes/${await begin.keyChange(renamed)}`,
      `/work/updates/${await begin.update(moved)}`,
      `/work/problems/${await begin.problem(doubtful)}`,
      `/work/hand-overs/${moved.student}`,
    ],
    shanxi: [`/work/deletions/${await begin.deletion(doubled)}`],
  };
  const found: Record<string, unknown> = {};
  for (const [identity, addresses] of Object.entries(cases)) {
    const { page, faults } = await opened(identity, '/law');
    for (const address of addresses) {
      await page.goto(new URL(address, home).href);
      await page.getByRole('region').first().waitFor();
      await settled(page);
      const wrong = (await wrongOn(page)).concat(faults.splice(0));
      if (wrong.length > 0 || (await page.getByText('没有这').count()) > 0) found[address] = wrong;
    }
  }
  expect(found).toEqual({});
}, 120_000);
