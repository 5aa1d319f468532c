import { MISTAKES } from '#services/enrollment/import/sample/bad-rows.ts';
import type { Actor } from '../actor.ts';
import { type Cells, cellsOf, workbookOf } from '../forms/workbook.ts';
import type { Child } from '../province/newcomers.ts';
import { schoolDesks } from '../world/desks.ts';
import { upload } from '../world/papers.ts';
import { pupilOf, registerChild } from '../world/registering.ts';
import type { World } from '../world/world.ts';

/** Children who were left out of the workbook: those who come late, and those whose row was refused. */
type Memory = Map<string, Child[]>;

/** Mistakes that a row can bear alone; what takes two rows is made by the duplicates below. */
const TYPOS = MISTAKES.filter(({ code }) => code !== 'DUPLICATE_IN_FILE').slice(0, 8);
const TYPO = 0.03;
const LATE = 0.04;
const SENT_ELSEWHERE_TOO = 0.02;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Primary schools in the weeks after opening: a workbook of the first-graders, then those who are still missing. */
export const actor: Actor = {
  name: 'entrants',
  at: '09:00',
  act: async (day, world) => {
    const schoolYear = Number(day.slice(0, 4));
    const missing = world.memory<Memory>(() => new Map());
    const nth = world.shared.days.filter((each) => each.startsWith(day.slice(0, 7))).indexOf(day);
    if (!day.slice(5).startsWith('09')) return;
    const entrants = world.shared.newcomers.entrants(schoolYear);
    await world.each(world.schools('PRIMARY'), async ({ code }) => {
      const children = entrants.get(code) ?? [];
      if (nth === 1) missing.set(code, await importAll(world, code, schoolYear, children));
      if (nth === 2) await registerMissing(world, missing.get(code) ?? [], schoolYear);
    });
    if (nth === 2) await twoSchools(world, schoolYear);
  },
};

/** Sends the workbook and waits for it; those whom it did not register are told by the numbers of their rows. */
const importAll = async (
  world: World,
  school: string,
  schoolYear: number,
  children: readonly Child[],
): Promise<Child[]> => {
  const random = world.random('workbook', school);
  const late = children.filter((child) => isSpecial(child) || random.chance(LATE));
  const listed = children.filter((child) => !late.includes(child));
  const rows = listed.map((child): Cells => {
    const cells = cellsOf({ ...child.form, extras: { ...child.form.extras, filledOn: null } });
    const typo = random.chance(TYPO) ? TYPOS[random.between(0, TYPOS.length - 1)] : undefined;
    return typo?.apply(cells, undefined) ?? cells;
  });
  if (rows.length === 0) return late;
  const { registrar } = schoolDesks(school);
  const file = { name: 'pupils.xlsx', mediaType: xlsx, purpose: 'REGISTRATION_IMPORT' };
  const sent = await upload(world, registrar, { ...file, bytes: await workbookOf(rows) });
  if (sent === null) return children.slice();
  const started = await world.order<{ job: { id: string } | null }>({
    as: registrar,
    does: 'startImport',
    type: 'StartImportInput',
    gives: 'job { id }',
    input: { school, upload: sent, entryYear: schoolYear },
  });
  if (!started?.job) return children.slice();
  const refused = await outcomeOf(world, school, started.job.id);
  await enterRegistered(
    world,
    school,
    listed.filter((_, at) => !refused.has(at)),
  );
  return [...late, ...listed.filter((_, at) => refused.has(at))];
};

/** Whom a workbook says too little of: the counter asks beside the form. */
const isSpecial = ({ form: { student } }: Child): boolean =>
  student.overseasCategory !== 'NONE' || student.isDisabled === true || student.idDocumentType === 'NONE';

type Job = {
  state: string;
  registered: number;
  bad: number;
  badRows: { row: number; problems: { ruleId: string | null; code: string; outcome: string }[] }[];
};

const HEADING_ROWS = 1;

/** Positions of the rows that were refused. */
const outcomeOf = async (world: World, school: string, id: string): Promise<Set<number>> => {
  await world.workersIdle();
  const found = await world.read<{ importJob: Job }>(
    schoolDesks(school).registrar,
    `query ($id: ID!) { importJob(id: $id) { state registered bad
       badRows(first: 200) { row problems { ruleId code outcome } } } }`,
    { id },
  );
  const job = found?.importJob;
  if (job?.state !== 'DONE') world.tally.violated(`an import is ${job?.state} when everything is at rest`);
  world.tally.act('row registered by import', job?.registered ?? 0);
  world.tally.act('row refused by import', job?.bad ?? 0);
  for (const { problems } of job?.badRows ?? [])
    for (const each of problems) if (each.outcome === 'REJECT') world.tally.refused({ ...each, basis: [] });
  return new Set((job?.badRows ?? []).map(({ row }) => row - HEADING_ROWS - 1));
};

type Listed = {
  id: string;
  student: {
    id: string;
    name: string;
    birthDate: string;
    identityDocument: { number: string | null } | null;
  };
};
type Page = {
  enrollments: { edges: { node: Listed }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
};

const page = `query ($school: ID!, $after: String) {
  enrollments(filter: { school: $school, status: [PENDING_APPROVAL] }, first: 200, after: $after) {
    edges { node { id student { id name birthDate identityDocument { number(full: true) } } } }
    pageInfo { hasNextPage endCursor } } }`;

/** Finds the registrations of the rows by the ID number, as a registrar checks the list against the workbook. */
const enterRegistered = async (world: World, school: string, children: readonly Child[]): Promise<void> => {
  const byNumber = new Map(children.map((child) => [child.form.student.idDocumentNumber, child]));
  for (let after: string | null = null; ; ) {
    const answer: Page | null = await world.read<Page>(schoolDesks(school).registrar, page, {
      school,
      after,
    });
    if (answer === null) return;
    for (const { node } of answer.enrollments.edges) {
      const child = byNumber.get(node.student.identityDocument?.number ?? '');
      if (child !== undefined) world.roster.entered(pupilOf(child, node.student.id));
    }
    if (!answer.enrollments.pageInfo.hasNextPage) return;
    after = answer.enrollments.pageInfo.endCursor;
  }
};

const registerMissing = async (
  world: World,
  children: readonly Child[],
  entryYear: number,
): Promise<void> => {
  for (const child of children) await registerChild(world, child, { entryYear });
};

/** Families who enter a child at two schools: the second learns that there is a record. */
const twoSchools = async (world: World, entryYear: number): Promise<void> => {
  const random = world.random('two schools');
  const schools = world.schools('PRIMARY');
  for (const [school, children] of world.shared.newcomers.entrants(entryYear)) {
    const other = schools.find(({ code }) => code !== school)?.code;
    for (const child of children) {
      if (other === undefined || !random.chance(SENT_ELSEWHERE_TOO)) continue;
      if (child.form.student.idDocumentType !== 'RESIDENT_ID') continue;
      await registerChild(world, child, { school: other, entryYear, expects: ['DUPLICATE_RECORD_FOUND'] });
    }
  }
};
