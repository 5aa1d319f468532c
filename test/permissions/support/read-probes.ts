import type { Actor } from '#libs/platform/actor/actor.ts';
import {
  noSchool,
  noUnit,
  nowhere,
  type Probe,
  type Probing,
  type Reply,
  refusals,
  sameAsNothing,
} from './probe.ts';
import { coversSchool, type Pupil, seesPupil, type Truth, workplaceOf } from './truth.ts';

const studentFields = `id name studentNumber(full: true) identityDocument { number(full: true) } birthDate
  guardians { name phone(full: true) workUnit } profile { currentAddress(full: true) } numberHistory { value(full: true) }`;

/** Fields of `studentFields` by the scope that guards them. */
const guarded: Readonly<Record<string, readonly string[]>> = {
  'student:identity': ['studentNumber', 'identityDocument', 'birthDate', 'numberHistory'],
  'student:guardian': ['guardians'],
  'student:contact': ['profile'],
};
const withheld = 'UNAUTHORIZED_FIELD_OR_TYPE';

/** Own pupils are shown, all but the fields that the token was not given. */
const expectShown = (probing: Probing, name: string, pupil: Pupil, { data, codes }: Reply): void => {
  const found = data?.[name] as Record<string, unknown> | null | undefined;
  if (found?.id !== pupil.person) {
    probing.leak(`${name}: the own child is not shown (${codes})`);
    return;
  }
  const { actor } = probing.asker;
  const hidden = Object.entries(guarded).flatMap(([scope, fields]) =>
    actor?.scopes.has(scope) ? [] : fields,
  );
  for (const field of hidden) if (found[field] !== null) probing.leak(`${name}: ${field} without its scope`);
  if (codes.length !== hidden.length || codes.some((code) => code !== withheld))
    probing.leak(`${name}: ${codes} where ${hidden} are withheld`);
};

/** The own class and children half of the time, anybody otherwise. */
export const somebody = ({ truth, asker: { actor }, pick }: Probing): Pupil => {
  const own =
    actor === null || pick.below(2) === 0
      ? []
      : truth.pupils.filter((pupil) => seesPupil(truth, actor, pupil));
  return pick.of(own.length > 0 ? own : truth.pupils);
};

const visible = ({ truth, asker: { actor } }: Probing, pupil: Pupil): boolean =>
  actor !== null && seesPupil(truth, actor, pupil);

const student: Probe = async (probing) => {
  const pupil = somebody(probing);
  const send = (id: string) =>
    probing.ask('identity', `query ($id: ID!) { student(id: $id) { ${studentFields} } }`, { id });
  if (!visible(probing, pupil)) return sameAsNothing(probing, 'student', send, pupil.person, nowhere());
  expectShown(probing, 'student', pupil, await send(pupil.person));
};

const studentByNumber: Probe = async (probing) => {
  const pupil = somebody(probing);
  const former = pupil.formerNumber !== null && probing.pick.below(2) === 0;
  const number = (former ? pupil.formerNumber : null) ?? pupil.number;
  const send = (word: string) =>
    probing.ask('identity', `query ($n: String!) { studentByNumber(number: $n) { ${studentFields} } }`, {
      n: word,
    });
  const nothing = `${number.slice(0, 1)}140105${'9'.repeat(number.length - 7)}`;
  if (!visible(probing, pupil)) return sameAsNothing(probing, 'studentByNumber', send, number, nothing);
  expectShown(probing, 'studentByNumber', pupil, await send(number));
};

const entity =
  (
    service: 'identity' | 'enrollment',
    type: string,
    fields: string,
    idOf: (pupil: Pupil) => string,
    hostile: (pupil: Pupil) => Record<string, unknown> = () => ({}),
  ): Probe =>
  async (probing) => {
    const pupil = somebody(probing);
    if (visible(probing, pupil)) return;
    const send = (id: string) =>
      probing.ask(
        service,
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${fields} } } }`,
        { r: [{ __typename: type, ...hostile(pupil), id }] },
      );
    const known = idOf(pupil);
    const unknown = known.includes('.') ? `${nowhere()}.${nowhere()}` : nowhere();
    await sameAsNothing(probing, `_entities ${type} of ${service}`, send, known, unknown, false);
    const { text } = await send(known);
    for (const word of [pupil.school, pupil.schoolClass, pupil.number, 'IN_SCHOOL', '/reports/']) {
      if (text.includes(word)) probing.leak(`_entities ${type} of ${service} tells ${word}`);
    }
  };

const enrollmentEntity = entity(
  'enrollment',
  'Enrollment',
  'id version status schoolClass { name size members { student { id } } } decisionReason',
  ({ person, enrollment }) => `${person}.${enrollment}`,
  ({ person, enrollment, school, schoolClass }) => ({
    personId: person,
    enrollmentId: enrollment,
    classId: schoolClass,
    school,
    active: true,
  }),
);

const classEntity = entity(
  'enrollment',
  'SchoolClass',
  'id name size school { id } members { status student { id } }',
  ({ schoolClass }) => schoolClass,
  ({ schoolClass }) => ({ classId: schoolClass }),
);

const studentEntity = entity(
  'identity',
  'Student',
  studentFields,
  ({ person }) => person,
  ({ person }) => ({
    personId: person,
  }),
);

const studentOfEnrollment = entity(
  'enrollment',
  'Student',
  'id enrollment { status school { id } schoolClass { id } } enrollmentHistory { status school { id } }',
  ({ person }) => person,
  ({ person }) => ({ personId: person }),
);

const jobEntity: Probe = async (probing) => {
  const { truth, asker, pick } = probing;
  const job = pick.of(truth.jobs);
  if (asker.actor !== null && coversSchool(truth, asker.actor, job.school)) return;
  const send = (id: string) =>
    probing.ask(
      'enrollment',
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ImportJob { id state bad reportUrl badRows { row } school { id } } } }`,
      {
        r: [
          {
            __typename: 'ImportJob',
            id,
            jobId: id,
            state: 'DONE',
            bad: 1,
            place: job.place,
            school: job.school,
          },
        ],
      },
    );
  await sameAsNothing(probing, '_entities ImportJob', send, job.id, nowhere(), false);
  const { text } = await send(job.id);
  if (text.includes('/reports/') || text.includes(job.school))
    probing.leak('_entities ImportJob tells of a foreign job');
};

const schoolClass: Probe = async (probing) => {
  const { truth, asker, pick } = probing;
  const pupil = somebody(probing);
  const id = pick.below(3) === 0 ? pick.of(truth.classes).id : pupil.schoolClass;
  const school = truth.classes.find((each) => each.id === id)?.school ?? '';
  const send = (word: string) =>
    probing.ask(
      'enrollment',
      `query ($id: ID!) { schoolClass(id: $id) { id name size members(first: 200) { student { id } } } }`,
      { id: word },
    );
  const { actor } = asker;
  const seated = truth.pupils.filter((each) => each.schoolClass === id);
  const seen = seated.filter((each) => visible(probing, each)).map(({ person }) => person);
  if (actor === null || (seen.length === 0 && !coversSchool(truth, actor, school))) {
    return sameAsNothing(probing, 'schoolClass', send, id, nowhere());
  }
  const { data, codes } = await send(id);
  const found = data?.schoolClass as { members: { student: { id: string } }[] } | null | undefined;
  const members = found?.members.map((member) => member.student.id).sort();
  if (codes.length > 0 || JSON.stringify(members) !== JSON.stringify(seen.toSorted())) {
    probing.leak(`schoolClass.members: ${members?.length} shown, ${seen.length} expected (${codes})`);
  }
};

const ofSchool =
  (
    field: string,
    query: string,
    refused: boolean,
    listed: (probing: Probing, school: string) => string[],
  ): Probe =>
  async (probing) => {
    const { truth, asker, pick } = probing;
    const school = pick.below(2) === 0 ? somebody(probing).school : pick.of(truth.schools);
    const send = (word: string) => probing.ask('enrollment', query, { school: word });
    if (asker.actor === null || !coversSchool(truth, asker.actor, school)) {
      return sameAsNothing(probing, field, send, school, noSchool, refused || asker.actor === null);
    }
    const { data, codes } = await send(school);
    const ids = (data?.[field] as { id: string }[] | null | undefined)?.map(({ id }) => id).sort();
    if (codes.length > 0 || JSON.stringify(ids) !== JSON.stringify(listed(probing, school))) {
      probing.leak(`${field}: ${ids?.length} shown (${codes})`);
    }
  };

const schoolClasses = ofSchool(
  'schoolClasses',
  `query ($school: ID!) { schoolClasses(school: $school) { id name size } }`,
  true,
  ({ truth }, school) =>
    truth.classes
      .filter((each) => each.school === school)
      .map(({ id }) => id)
      .sort(),
);

const importJobs = ofSchool(
  'importJobs',
  `query ($school: ID!) { importJobs(school: $school, first: 100) { id state badRows { row problems { message } } } }`,
  false,
  ({ truth }, school) =>
    truth.jobs
      .filter((job) => job.school === school)
      .map(({ id }) => id)
      .sort(),
);

const importJob: Probe = async (probing) => {
  const { truth, asker, pick } = probing;
  const job = pick.of(truth.jobs);
  const send = (id: string) =>
    probing.ask('enrollment', `query ($id: ID!) { importJob(id: $id) { id reportUrl badRows { row } } }`, {
      id,
    });
  if (asker.actor === null || !coversSchool(truth, asker.actor, job.school)) {
    return sameAsNothing(probing, 'importJob', send, job.id, nowhere());
  }
  const { data, codes } = await send(job.id);
  const found = data?.importJob as { reportUrl: string | null } | null | undefined;
  const { actor } = asker;
  const given = reportScopes.every((scope) => actor.scopes.has(scope));
  if (!found || codes.some((code) => code !== withheld) || codes.length !== (given ? 0 : 1))
    probing.leak(`importJob: the own job is not shown (${codes})`);
  if ((found?.reportUrl ?? null) !== null && !(given && fetchesReport(truth, actor, job.school)))
    probing.leak('importJob: the address of the report');
  if (found?.reportUrl === null && given && fetchesReport(truth, actor, job.school))
    probing.leak('importJob: no address for those whose report it is');
};

const reportScopes = ['student:identity', 'student:guardian', 'student:contact'];

/** The own school's registrar and its registry authority, and no level above them. */
const fetchesReport = (truth: Truth, actor: Actor, school: string): boolean => {
  const [own, authority] = truth.lineOf(school);
  return actor.level === 'SCHOOL'
    ? actor.school === own && actor.roles.has('REGISTRAR')
    : actor.unit === authority;
};

const batches: Probe = async (probing) => {
  const { truth, asker } = probing;
  const { data, codes } = await probing.ask(
    'enrollment',
    `{ nonGradeOneBatches { id rows { id school { id } name reason } } }`,
  );
  type Row = { id: string; school: { id: string }; name: string };
  const rows = ((data?.nonGradeOneBatches ?? []) as { rows: Row[] }[]).flatMap((batch) => batch.rows);
  const shown = rows.map(({ id }) => id).sort();
  for (const { school, name } of rows) {
    if (school.id !== asker.actor?.school && !/^.\*$/u.test(name)) {
      probing.leak('nonGradeOneBatches: a name is shown in full outside of its school');
    }
  }
  const { actor } = asker;
  const expected =
    actor === null
      ? []
      : truth.batchRows.filter(({ school }) => coversSchool(truth, actor, school)).map(({ id }) => id);
  if (shown.some((id) => !expected.includes(id))) probing.leak('nonGradeOneBatches: a foreign row is shown');
  if (codes.some((code) => !refusals.includes(code))) probing.leak(`nonGradeOneBatches: ${codes}`);
  if (codes.length === 0 && shown.length !== expected.length) {
    probing.leak(`nonGradeOneBatches: ${shown.length} rows shown, ${expected.length} expected`);
  }
};

const statistics: Probe = async (probing) => {
  const { truth, asker, pick } = probing;
  const scope = pick.below(2) === 0 ? pick.of(truth.schools) : pick.of(truth.units);
  const isSchool = scope.length === 10;
  const send = (word: string) =>
    probing.ask(
      'statistics',
      `query ($s: ID) { enrollmentStatistics(scope: $s, by: []) { total rows { count } } }`,
      {
        s: word,
      },
    );
  const { actor } = asker;
  const line = isSchool ? truth.lineOf(scope) : truth.lineOfUnit(scope);
  const own = actor && workplaceOf(truth, actor);
  const { codes, data } = await send(scope);
  if (codes.length === 0) {
    if (!actor?.scopes.has('statistics:read')) probing.leak('enrollmentStatistics told without its scope');
    if (!own || !line.includes(own)) probing.leak(`enrollmentStatistics of ${scope} told to ${own}`);
    const expected = truth.pupils.filter(({ school }) => truth.lineOf(school).includes(scope)).length;
    const told = data?.enrollmentStatistics as { total: number } | null | undefined;
    if (told?.total !== expected) probing.leak(`enrollmentStatistics: ${told?.total} instead of ${expected}`);
    return;
  }
  if (own && line.includes(own)) return;
  await sameAsNothing(probing, 'enrollmentStatistics', send, scope, isSchool ? noSchool : noUnit);
};

export const readProbes: Readonly<Record<string, Probe>> = {
  student,
  studentByNumber,
  'Student of identity as an entity': studentEntity,
  'Student of enrollment as an entity': studentOfEnrollment,
  'Enrollment as an entity': enrollmentEntity,
  'SchoolClass as an entity': classEntity,
  'ImportJob as an entity': jobEntity,
  schoolClass,
  schoolClasses,
  importJob,
  importJobs,
  nonGradeOneBatches: batches,
  enrollmentStatistics: statistics,
};
