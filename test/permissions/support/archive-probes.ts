import { isGranted } from '#libs/platform/permissions/table.ts';
import { noSchool, nowhere, type Probe, sameAsNothing } from './probe.ts';
import { somebody } from './read-probes.ts';
import { coversSchool, type Pupil, seesPupil } from './truth.ts';
import { type Mutation, probeOf } from './write-probes.ts';

const writing = { scopes: ['student:read', 'student:write'], twoFactors: false };
const deciding = { scopes: ['student:read', 'case:decide'], twoFactors: true };

/** About the archive of a child who is not the asker's: nobody hears whether there is one. */
const aboutArchive = (
  name: string,
  type: string,
  rest: Record<string, unknown>,
  demand: Mutation['demand'] = writing,
): Mutation => ({
  service: 'archive',
  name,
  type,
  selection: 'archive { id state } findings { code }',
  demand,
  input: (student) => ({ student, ...rest }),
  wordOf: ({ person }) => person,
  nothing: nowhere,
  isAllowed: ({ truth, asker: { actor } }, pupil) => actor !== null && seesPupil(truth, actor, pupil),
});

const on = '2026-09-01';
const material = {
  ...{ kind: 'HEALTH_CHECK', category: 'HEALTH', occurredOn: on, words: '无' },
  tellsOfSpecializedEducation: false,
};
const mutations: readonly Mutation[] = [
  aboutArchive('recordAward', 'RecordAwardInput', { level: 'SCHOOL', title: '无', awardedOn: on }),
  aboutArchive('recordDiscipline', 'RecordDisciplineInput', { level: 'DEMERIT', decidedOn: on }, deciding),
  aboutArchive('revokeDiscipline', 'RevokeDisciplineInput', { entry: 1, revokedOn: on }, deciding),
  aboutArchive('addArchiveMaterial', 'AddArchiveMaterialInput', material),
  aboutArchive('refreshArchive', 'RefreshArchiveInput', {}),
  aboutArchive('printArchive', 'PrintArchiveInput', { categories: ['BASIC_INFO'] }),
  aboutArchive('handOverArchive', 'ArchiveHandOverInput', { expectedVersion: 1 }),
  aboutArchive('acceptArchive', 'ArchiveHandOverInput', { expectedVersion: 1 }),
  aboutArchive('callForArchive', 'CallForArchiveInput', {}),
  aboutArchive('sendBackArchive', 'ArchiveSendBackInput', { expectedVersion: 1, reason: 'NOT_WHOLE' }),
  {
    ...{ service: 'archive', name: 'designateCustodian', type: 'DesignateCustodianInput', demand: deciding },
    selection: 'closure { archivesLeft } findings { code }',
    input: (school) => ({ school }),
    wordOf: ({ school }) => school,
    nothing: () => noSchool,
    isAllowed: ({ truth, asker: { actor } }, { school }) =>
      actor !== null && coversSchool(truth, actor, school),
  },
];

const fields = `id state custodian { code } sections { category entries { kind change words } }`;
const archiveIn = (data: Record<string, unknown> | null, name: string): unknown => {
  if (name !== '_entities') return data?.[name];
  const [student] = (data?._entities as (Record<string, unknown> | null)[] | undefined) ?? [];
  return student?.archive ?? student?.timeline ?? student?.recordAsOf;
};

/** The archive of a child is shown to who sees the child and reads archives; to others it is as if there were none. */
const archiveBy =
  (
    name: 'studentArchive' | '_entities',
    query: string,
    variables: (id: string) => Record<string, unknown>,
  ): Probe =>
  async (probing) => {
    const { truth, asker } = probing;
    const pupil: Pupil = somebody(probing);
    const { actor } = asker;
    const send = (id: string) => probing.ask('archive', query, variables(id));
    const may = actor !== null && seesPupil(truth, actor, pupil) && isGranted(actor, 'archive.read');
    if (!may) return sameAsNothing(probing, name, send, pupil.person, nowhere(), name === 'studentArchive');
    const { data, text } = await send(pupil.person);
    if (!archiveIn(data, name)) probing.leak(`${name}: the own child's is not shown: ${text.slice(0, 100)}`);
  };

/** Nothing is on its way in the nation: nobody is shown anything, and who reads no archives is refused. */
const emptyList =
  (name: string, selection: string): Probe =>
  async (probing) => {
    const { actor } = probing.asker;
    const { codes, data, text } = await probing.ask('archive', `{ ${name} ${selection} }`);
    const may = actor !== null && isGranted(actor, 'archive.read');
    const found = data?.[name] as { edges: unknown[] } | unknown[] | null | undefined;
    const shown = Array.isArray(found) ? found : (found?.edges ?? []);
    if (may ? codes.length > 0 : codes.length !== 1) probing.leak(`${name}: ${text.slice(0, 100)}`);
    if (shown.length > 0) probing.leak(`${name} shows what nobody asked for`);
  };

/** No transfer has begun in the nation, so nobody keeps a copy: whoever asks hears the same of every child. */
const copies: Probe = (probing) =>
  sameAsNothing(
    probing,
    'archiveCopies',
    (id) =>
      probing.ask('archive', 'query ($id: ID!) { archiveCopies(student: $id) { unit held { words } } }', {
        id,
      }),
    somebody(probing).person,
    nowhere(),
  );

export const archiveProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(mutations.map((mutation) => [mutation.name, probeOf(mutation)])),
  studentArchive: archiveBy(
    'studentArchive',
    `query ($id: ID!) { studentArchive(student: $id) { ${fields} } }`,
    (id) => ({ id }),
  ),
  archiveOfStudent: archiveBy(
    '_entities',
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { archive { ${fields} } } } }`,
    (id) => ({ r: [{ __typename: 'Student', id }] }),
  ),
  timelineOfStudent: archiveBy(
    '_entities',
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student {
      timeline(first: 5) { edges { node { kind unit toUnit status } } } } } }`,
    (id) => ({ r: [{ __typename: 'Student', id }] }),
  ),
  recordOfStudent: archiveBy(
    '_entities',
    `query ($r: [_Any!]!, $day: Date!) { _entities(representations: $r) { ... on Student {
      recordAsOf(day: $day) { status school { id } custodian { code } entries { kind } } } } }`,
    (id) => ({ r: [{ __typename: 'Student', id }], day: '2026-09-01' }),
  ),
  archiveHandOvers: emptyList('archiveHandOvers', '{ edges { node { id } } }'),
  archiveLapses: emptyList('archiveLapses', '{ edges { node { ruleId } } }'),
  archiveClosures: emptyList('archiveClosures', '{ archivesLeft findings { code } }'),
  archiveCopies: copies,
};
