import { noSchool, noUnit, nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { somebody } from './read-probes.ts';
import { coversSchool, type Pupil, seesPupil } from './truth.ts';

type Page = {
  edges: { cursor: string; node: { id: string; student: { id: string } } }[];
  pageInfo: { hasNextPage: boolean };
};

const listing = `query ($f: EnrollmentFilter, $n: Int, $a: String) {
  enrollments(filter: $f, first: $n, after: $a) { edges { cursor node { id student { id } } } pageInfo { hasNextPage } } }`;

const cursorOf = ({ place, person, enrollment }: Pupil): string =>
  Buffer.from(JSON.stringify([place, person, enrollment])).toString('base64url');

const seenBy = ({ truth, asker: { actor } }: Probing): Pupil[] =>
  actor === null ? [] : truth.pupils.filter((pupil) => seesPupil(truth, actor, pupil));

/** The page that the tree says: the same pupils in the same order, and the same word on whether there are more. */
const expectPage = async (
  probing: Probing,
  name: string,
  filter: Record<string, unknown>,
  keep: (pupil: Pupil) => boolean,
): Promise<void> => {
  const { pick, truth } = probing;
  const first = 1 + pick.below(200);
  const from = pick.below(2) === 0 ? undefined : pick.of(truth.pupils);
  const after = from && cursorOf(from);
  const { data, codes, text } = await probing.ask('enrollment', listing, { f: filter, n: first, a: after });
  if (codes.some((code) => !refusals.includes(code))) return probing.leak(`${name}: ${codes}`);
  const isAfter = (pupil: Pupil) =>
    from === undefined ||
    pupil.place > from.place ||
    (pupil.place === from.place && pupil.person > from.person);
  const all = seenBy(probing).filter((pupil) => keep(pupil) && isAfter(pupil));
  const page = data?.enrollments as Page | null | undefined;
  const shown = page?.edges.map(({ node }) => node.student.id) ?? [];
  const expected = all.slice(0, first).map(({ person }) => person);
  if (codes.length > 0) {
    if (expected.length > 0) probing.leak(`${name}: own pupils are refused (${codes})`);
    return;
  }
  if (JSON.stringify(shown) !== JSON.stringify(expected)) {
    probing.leak(`${name}: ${shown.length} shown, ${expected.length} expected: ${text.slice(0, 100)}`);
  }
  if (page?.pageInfo.hasNextPage !== all.length > first)
    probing.leak(`${name}: hasNextPage tells of somebody else`);
};

const all: Probe = (probing) => expectPage(probing, 'enrollments', {}, () => true);

const byStatus: Probe = (probing) => {
  const status = probing.pick.of(['PENDING_APPROVAL', 'IN_SCHOOL', 'REFUSED']);
  return expectPage(
    probing,
    'enrollments by status',
    { status: [status] },
    (pupil) => pupil.status === status,
  );
};

const byClass: Probe = (probing) => {
  const { schoolClass } = somebody(probing);
  return expectPage(
    probing,
    'enrollments of a class',
    { schoolClass },
    (pupil) => pupil.schoolClass === schoolClass,
  );
};

const byPlace =
  (name: 'school' | 'unit', nothing: string): Probe =>
  async (probing) => {
    const { truth, asker, pick } = probing;
    const code = name === 'school' ? somebody(probing).school : pick.of(truth.units);
    const { actor } = asker;
    const covered =
      actor !== null &&
      (name === 'school'
        ? coversSchool(truth, actor, code)
        : truth.schools.some(
            (school) => truth.lineOf(school).includes(code) && coversSchool(truth, actor, school),
          ));
    if (covered) {
      const { codes } = await probing.ask('enrollment', listing, { f: { [name]: code }, n: 1 });
      if (codes.length > 0 && name === 'school')
        probing.leak(`enrollments of the own school are refused (${codes})`);
      if (codes.length > 0) return;
      return expectPage(probing, `enrollments of a ${name}`, { [name]: code }, ({ school }) =>
        truth.lineOf(school).includes(code),
      );
    }
    const send = (word: string) => probing.ask('enrollment', listing, { f: { [name]: word }, n: 10 });
    await sameAsNothing(probing, `enrollments of a ${name}`, send, code, nothing);
  };

const mixed: Probe = async (probing) => {
  const [one, other] = [somebody(probing), somebody(probing)];
  const filter = {
    school: one.school,
    schoolClass: other.schoolClass,
    unit: probing.pick.of(probing.truth.units),
  };
  const { data } = await probing.ask('enrollment', listing, { f: filter, n: 200 });
  const seen = new Set(seenBy(probing).map(({ person }) => person));
  const page = data?.enrollments as Page | null | undefined;
  if (page?.edges.some(({ node }) => !seen.has(node.student.id)))
    probing.leak('enrollments with mixed filters');
};

const brokenCursor: Probe = async (probing) => {
  const { number, person } = probing.pick.of(probing.truth.pupils);
  const key = probing.pick.of<unknown>([
    [number, person],
    [1, number],
    [null, null],
    [{ a: 1 }, 'x'],
    ['1e400', person],
  ]);
  const after = Buffer.from(JSON.stringify(key)).toString('base64url');
  for (const [service, query] of [
    ['enrollment', listing.replace('$f: EnrollmentFilter, ', '').replace('filter: $f, ', '')],
    ['identity', `query ($n: Int, $a: String) { problemRecords(first: $n, after: $a) { edges { cursor } } }`],
  ] as const) {
    const { codes, text } = await probing.ask(service, query, { n: 5, a: after });
    if (codes.length === 0 || codes.includes('INTERNAL'))
      probing.leak(`a broken cursor of ${service}: ${codes}`);
    if (text.includes(number)) probing.leak(`a broken cursor of ${service} is quoted`);
  }
};

const problems: Probe = async (probing) => {
  const { truth, pick } = probing;
  const first = 1 + pick.below(60);
  const from = pick.below(2) === 0 ? undefined : pick.of(truth.problems);
  const after = from && Buffer.from(JSON.stringify([from.openedAt, from.id])).toString('base64url');
  const { data, codes } = await probing.ask(
    'identity',
    `query ($n: Int, $a: String) { problemRecords(first: $n, after: $a) { edges { node { id student { id } } } pageInfo { hasNextPage } } }`,
    { n: first, a: after },
  );
  const { actor } = probing.asker;
  const schoolOf = new Map(truth.pupils.map((pupil) => [pupil.person, pupil.school]));
  const all = truth.problems.filter(
    ({ person, openedAt, id }) =>
      actor !== null &&
      coversSchool(truth, actor, schoolOf.get(person) ?? '') &&
      (from === undefined || openedAt > from.openedAt || (openedAt === from.openedAt && id > from.id)),
  );
  if (codes.some((code) => !refusals.includes(code))) return probing.leak(`problemRecords: ${codes}`);
  const page = data?.problemRecords as {
    edges: { node: { id: string } }[];
    pageInfo: { hasNextPage: boolean };
  } | null;
  if (!page)
    return all.length > 0 ? probing.leak(`problemRecords: the own ones are refused (${codes})`) : undefined;
  const shown = page.edges.map(({ node }) => node.id);
  const expected = all.slice(0, first).map(({ person, id }) => `${person}.${id}`);
  if (JSON.stringify(shown) !== JSON.stringify(expected)) {
    probing.leak(`problemRecords: ${shown.length} shown, ${Math.min(first, all.length)} expected`);
  }
  if (page.pageInfo.hasNextPage !== all.length > first)
    probing.leak('problemRecords: hasNextPage tells of others');
};

const schoolThatIsNone: Probe = (probing) =>
  sameAsNothing(
    probing,
    'enrollments of a class that is none',
    (word) => probing.ask('enrollment', listing, { f: { schoolClass: word }, n: 5 }),
    probing.pick.of(
      probing.truth.classes
        .filter(({ school }) => {
          const { actor } = probing.asker;
          return actor === null || !coversSchool(probing.truth, actor, school);
        })
        .filter(({ id }) => !seenBy(probing).some(({ schoolClass }) => schoolClass === id)),
    ).id,
    nowhere(),
    false,
  );

export const listProbes: Readonly<Record<string, Probe>> = {
  enrollments: all,
  'enrollments by status': byStatus,
  'enrollments of a class': byClass,
  'enrollments of a school': byPlace('school', noSchool),
  'enrollments of a unit': byPlace('unit', noUnit),
  'enrollments with mixed filters': mixed,
  'enrollments of a foreign class': schoolThatIsNone,
  'broken cursors': brokenCursor,
  problemRecords: problems,
};
