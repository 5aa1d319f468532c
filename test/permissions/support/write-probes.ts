import { randomUUID } from 'node:crypto';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import { noSchool, noUnit, nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { coversSchool, type Pupil } from './truth.ts';

/** A mutation about a target, and who may have an effect by it. */
export type Mutation = {
  service: ServiceName;
  name: string;
  type: string;
  selection: string;
  /** The input about a target; `word` is what the target is named by. */
  input(word: string, pupil: Pupil): Record<string, unknown>;
  wordOf(pupil: Pupil): string;
  nothing(): string;
  /** What the token must bring, as the design says it; a registration by default. */
  demand?: TokenDemand;
  /** True where the asker could have an effect: such a probe is left out, effects are other tests' matter. */
  isAllowed(probing: Probing, pupil: Pupil): boolean;
};

type TokenDemand = { scopes: readonly string[]; twoFactors: boolean };
const writing: TokenDemand = { scopes: ['student:read', 'student:write'], twoFactors: false };
const deciding: TokenDemand = { scopes: ['student:read', 'case:decide'], twoFactors: true };

/** Whether the token lets its bearer do what the bearer may do. */
const brings = ({ asker: { actor } }: Probing, { scopes, twoFactors }: TokenDemand): boolean =>
  actor !== null &&
  scopes.every((scope) => actor.scopes.has(scope)) &&
  (!twoFactors || actor.assurance === 'TWO_FACTORS');

const idOf = ({ person, enrollment }: Pupil): string => `${person}.${enrollment}`;
const noEnrollment = (): string => `${nowhere()}.${nowhere()}`;
const covers = ({ truth, asker: { actor } }: Probing, { school }: Pupil): boolean =>
  actor !== null && coversSchool(truth, actor, school);
/** Own staff or the registry authority itself: a level above it sees the school and does not work on it. */
const worksOn = (probing: Probing, pupil: Pupil): boolean => {
  const { actor } = probing.asker;
  const [own, authority] = probing.truth.lineOf(pupil.school);
  return (
    covers(probing, pupil) && (actor?.level === 'SCHOOL' ? actor.school === own : actor?.unit === authority)
  );
};
const isOwnSchool = ({ asker: { actor } }: Probing, { school }: Pupil): boolean => actor?.school === school;

const form = {
  name: '测试儿',
  gender: 'MALE',
  nationalityOrRegion: '156',
  overseasCategory: 'NONE',
  ethnicGroup: '01',
  idDocumentType: 'NONE',
  birthDate: '2020-01-05',
  gradeName: '一年级',
  guardians: [],
};

const schoolMutation = (
  service: ServiceName,
  name: string,
  type: string,
  selection: string,
  rest: Record<string, unknown>,
  isAllowed: Mutation['isAllowed'] = isOwnSchool,
): Mutation => ({
  service,
  name,
  type,
  selection,
  input: (school) => ({ school, ...rest }),
  wordOf: ({ school }) => school,
  nothing: () => noSchool,
  isAllowed,
});

const mutations: readonly Mutation[] = [
  schoolMutation(
    'enrollment',
    'registerStudent',
    'RegisterStudentInput',
    'enrollment { id } findings { code }',
    { form },
  ),
  schoolMutation('enrollment', 'startImport', 'StartImportInput', 'job { id } findings { code }', {
    upload: randomUUID(),
  }),
  schoolMutation('enrollment', 'requestUpload', 'RequestUploadInput', 'upload { id } findings { code }', {
    name: 'a.xlsx',
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    size: 10,
    sha256: 'a'.repeat(64),
  }),
  schoolMutation(
    'enrollment',
    'addNonGradeOneRow',
    'AddNonGradeOneRowInput',
    'row { id } findings { code }',
    {
      form,
      stage: 'PRIMARY',
      reason: '随父母迁入',
    },
  ),
  schoolMutation(
    'enrollment',
    'createClass',
    'CreateClassInput',
    'schoolClass { id } findings { code }',
    { stage: 'PRIMARY', grade: 1, name: '九班' },
    worksOn,
  ),
  schoolMutation(
    'enrollment',
    'assignWantedClasses',
    'AssignWantedClassesInput',
    'assigned left findings { code }',
    { stage: 'PRIMARY', cohort: 2026 },
    worksOn,
  ),
  {
    service: 'enrollment',
    name: 'decideRegistrations',
    demand: deciding,
    type: 'DecideRegistrationsInput',
    selection: 'decided refused results { id findings { code } }',
    input: (school) => ({ decision: 'APPROVE', allPendingOfSchool: school }),
    wordOf: ({ school }) => school,
    nothing: () => noSchool,
    isAllowed: covers,
  },
  {
    service: 'enrollment',
    name: 'decideRegistrations',
    demand: deciding,
    type: 'DecideRegistrationsInput',
    selection: 'decided refused results { id findings { code } enrollment { version } }',
    input: (id, { version }) => ({
      decision: 'APPROVE',
      registrations: [{ enrollment: id, expectedVersion: version }],
    }),
    wordOf: idOf,
    nothing: noEnrollment,
    isAllowed: covers,
  },
  {
    service: 'enrollment',
    name: 'resubmitRegistration',
    type: 'ResubmitRegistrationInput',
    selection: 'enrollment { id version } findings { code }',
    input: (id) => ({ enrollment: id, expectedVersion: 99, note: '已更正' }),
    wordOf: idOf,
    nothing: noEnrollment,
    isAllowed: covers,
  },
  {
    service: 'enrollment',
    name: 'assignClass',
    type: 'AssignClassInput',
    selection: 'assigned findings { code }',
    input: (schoolClass, pupil) => ({
      schoolClass,
      enrollments: [{ enrollment: idOf(pupil), expectedVersion: 1 }],
    }),
    wordOf: ({ schoolClass }) => schoolClass,
    nothing: nowhere,
    isAllowed: worksOn,
  },
  {
    service: 'enrollment',
    name: 'assignClassTeacher',
    type: 'AssignClassTeacherInput',
    selection: 'schoolClass { id } findings { code }',
    input: (schoolClass) => ({ schoolClass, subject: 'demo-integrator' }),
    wordOf: ({ schoolClass }) => schoolClass,
    nothing: nowhere,
    isAllowed: covers,
  },
  {
    service: 'enrollment',
    name: 'completeUpload',
    type: 'CompleteUploadInput',
    selection: 'upload { id state }',
    input: (upload) => ({ upload }),
    wordOf: ({ person }) => person,
    nothing: nowhere,
    isAllowed: () => false,
  },
  {
    service: 'identity',
    name: 'unlinkGuardian',
    type: 'UnlinkGuardianInput',
    selection: 'student { id } findings { code }',
    input: (student) => ({ student, subject: 'demo-stranger' }),
    wordOf: ({ person }) => person,
    nothing: nowhere,
    isAllowed: covers,
  },
  {
    service: 'identity',
    name: 'linkGuardian',
    type: 'LinkGuardianInput',
    selection: 'student { id } findings { code }',
    input: (student) => ({ student, subject: 'demo-stranger', position: 1, basis: 'COLLECTION_FORM' }),
    wordOf: ({ person }) => person,
    nothing: nowhere,
    isAllowed: covers,
  },
  {
    service: 'identity',
    name: 'issueFormalNumbers',
    demand: { ...deciding, scopes: ['case:decide'] },
    type: 'IssueFormalNumbersInput',
    selection: 'run { id examined } findings { code }',
    input: (unit) => ({ unit }),
    wordOf: () => '140105',
    nothing: () => noUnit,
    isAllowed: ({ asker: { actor } }) => actor !== null && isGranted(actor, 'number.issue'),
  },
  {
    service: 'enrollment',
    name: 'checkNonGradeOneBatch',
    demand: deciding,
    type: 'CheckNonGradeOneBatchInput',
    selection: 'batch { id rows { id } }',
    input: (batch) => ({ batch }),
    wordOf: ({ person }) => person,
    nothing: nowhere,
    isAllowed: ({ asker: { actor } }) => actor !== null && isGranted(actor, 'batch.check'),
  },
];

/** Who has no right to a mutation hears the same of a target that is there and of one that is not. */
export const probeOf =
  (mutation: Mutation): Probe =>
  async (probing) => {
    const pupil = probing.pick.of(probing.truth.pupils);
    if (brings(probing, mutation.demand ?? writing) && mutation.isAllowed(probing, pupil)) return;
    const { service, name, type, selection } = mutation;
    const key = randomUUID();
    const send = async (word: string) => {
      const reply = await probing.ask(
        service,
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`,
        {
          input: {
            ...(name === 'completeUpload' ? {} : { idempotencyKey: `${key}${word.length}${word.slice(-4)}` }),
            ...mutation.input(word, pupil),
          },
        },
      );
      if (reply.codes.length !== 1 || !refusals.includes(reply.codes[0] ?? '')) {
        probing.leak(`${name} was not refused: ${reply.text.slice(0, 160)}`);
      }
      return reply;
    };
    await sameAsNothing(probing, name, send, mutation.wordOf(pupil), mutation.nothing());
  };

const removal: Probe = async (probing) => {
  const row = probing.pick.of(probing.truth.batchRows);
  const { actor } = probing.asker;
  if (brings(probing, writing) && actor?.school === row.school) return;
  const key = randomUUID();
  const send = (word: string) =>
    probing.ask(
      'enrollment',
      `mutation ($input: RemoveNonGradeOneRowInput!) { removeNonGradeOneRow(input: $input) { batch { id } } }`,
      { input: { idempotencyKey: `${key}${word.slice(-4)}`, row: word } },
    );
  await sameAsNothing(probing, 'removeNonGradeOneRow', send, row.id, nowhere());
};

const preview: Probe = async (probing) => {
  const pupil = probing.pick.of(probing.truth.pupils);
  if (brings(probing, writing) && isOwnSchool(probing, pupil)) return;
  const send = (school: string) =>
    probing.ask(
      'enrollment',
      `query ($input: RegisterStudentInput!) { previewRegistration(input: $input) { findings { code } } }`,
      { input: { idempotencyKey: 'p', school, form } },
    );
  await sameAsNothing(probing, 'previewRegistration', send, pupil.school, noSchool);
};

export const writeProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(mutations.map((mutation, at) => [`${mutation.name} ${at}`, probeOf(mutation)])),
  previewRegistration: preview,
  removeNonGradeOneRow: removal,
};
