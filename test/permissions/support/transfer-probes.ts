import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { type Action, isGranted } from '#libs/platform/permissions/table.ts';
import { nowhere, type Probe, type Probing, sameAsNothing } from './probe.ts';
import { type Mutation, probeOf } from './write-probes.ts';

const selection = 'transfer { id state } findings { code }';
const writing = { scopes: ['student:read', 'student:write'], twoFactors: false };
const identifying = { scopes: ['student:read', 'student:identity', 'student:write'], twoFactors: false };
const deciding = { scopes: ['student:read', 'case:decide'], twoFactors: true };
const reading = { scopes: ['student:read'], twoFactors: false };

/** Of a case that nobody has made: whoever asks hears the same as of any other id. */
const aboutCase = (
  name: string,
  type: string,
  rest: Record<string, unknown>,
  demand: Mutation['demand'],
): Mutation => ({
  service: 'transfer',
  name,
  type,
  selection,
  demand,
  input: (id) => ({ transfer: id, expectedVersion: 1, ...rest }),
  wordOf: nowhere,
  nothing: nowhere,
  isAllowed: () => false,
});

/** Of an application that nobody has made. */
const aboutApplication = (
  name: string,
  type: string,
  rest: Record<string, unknown>,
  demand: Mutation['demand'],
): Mutation => ({
  ...aboutCase(name, type, rest, demand),
  selection: 'application { id state } findings { code }',
  input: (id) => ({ application: id, expectedVersion: 1, ...rest }),
});

/** What somebody asks for who is no guardian of the child, or of nobody. */
const asFamily = (student: string, school: string) => ({
  ...{ student, school, stage: 'PRIMARY', grade: 1 },
  reason: { ground: 'OTHER' },
});

/** No family's child is applied for by others, and whether there is such a child is not told (TRF-05, PRV-11). */
const asOther =
  (name: string, text: string, key: () => Record<string, unknown>): Probe =>
  async (probing) => {
    const { truth, asker } = probing;
    const strange = truth.pupils.filter(
      ({ person }) => asker.actor === null || !truth.guardiansOf(person).includes(asker.actor.subject),
    );
    const { person, school } = probing.pick.of(strange);
    const send = (student: string) =>
      probing.ask('transfer', text, { input: { ...key(), ...asFamily(student, school) } });
    await sameAsNothing(probing, name, send, person, nowhere());
  };

const wanted = (name: string, studentNumber: string) => ({
  student: { name, studentNumber },
  kind: 'IN_PROVINCE_TRANSFER',
  stage: 'PRIMARY',
  grade: 1,
  appliedOn: '2026-09-02',
  wantedBy: 'FAMILY',
  reason: { ground: 'OTHER', proofChecked: false, meetsLocalRequirements: false },
});

const known = ['PUPIL_NOT_FOUND'];

/**
 * A number that is somebody's, with a name that is not theirs, is answered like a number that is nobody's (PRV-15): nobody
 * is found by guessing. Who may not enter transfers is refused either way.
 */
const byGuess =
  (
    name: string,
    text: string,
    key: () => Record<string, unknown>,
    action: Action = 'transfer.enter',
    input: (name: string, number: string) => Record<string, unknown> = wanted,
  ): Probe =>
  async (probing) => {
    const { actor } = probing.asker;
    const pupil = probing.pick.of(probing.truth.pupils);
    const nobody = `${pupil.number.slice(0, 1)}140105${'9'.repeat(Math.max(0, pupil.number.length - 7))}`;
    const send = (number: string) =>
      probing.ask('transfer', text, { input: { ...key(), ...input('无此姓名', number) } });
    const may = actor !== null && isGranted(actor, action);
    await sameAsNothing(probing, name, send, pupil.number, nobody, !may);
    const { data } = await send(pupil.number);
    const answer = data?.[name] as { findings: { code: string }[] } | null | undefined;
    const codes = answer?.findings.map(({ code }) => code) ?? [];
    if (codes.some((code) => !known.includes(code))) probing.leak(`${name} tells ${codes} of a guessed name`);
  };

const list =
  (name: string): Probe =>
  async (probing: Probing) => {
    const { actor } = probing.asker;
    const { codes, data, text } = await probing.ask(
      'transfer',
      `{ ${name} { edges { node { id state } } } }`,
    );
    const may = actor !== null && isGranted(actor, 'transfer.read');
    const shown = (data?.[name] as { edges: unknown[] } | null | undefined)?.edges ?? [];
    if (may ? codes.length > 0 : codes.length !== 1) probing.leak(`${name}: ${text.slice(0, 100)}`);
    if (shown.length > 0) probing.leak(`${name} shows what nobody asked for`);
  };

const one =
  (name: string): Probe =>
  (probing) =>
    sameAsNothing(
      probing,
      name,
      (id) => probing.ask('transfer', `query ($id: ID!) { ${name}(id: $id) { id state } }`, { id }),
      nowhere(),
      nowhere(),
    );

/** Nobody's transfers are shown to who does not see the pupil. */
const ofStudent: Probe = async (probing) => {
  const pupil = probing.pick.of(probing.truth.pupils);
  const send = (id: string) =>
    probing.ask(
      'transfer',
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { transfers { id state } transferApplications { id state } } } }',
      { r: [{ __typename: 'Student', id }] },
    );
  await sameAsNothing(probing, 'Student.transfers', send, pupil.person, nowhere(), false);
};

const attending = (name: string, studentNumber: string) => ({
  student: { name, studentNumber },
  since: '2026-09-02',
  acceptedInCompliance: true,
});

const outside = (name: string, studentNumber: string) => ({
  student: { name, studentNumber },
  faultReference: 'F-0',
  familyWishes: true,
  paperDecidedOn: '2026-09-02',
});

const attendances: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { codes, data, text } = await probing.ask(
    'transfer',
    '{ transferAttendances { edges { node { id } } } }',
  );
  const may = actor !== null && isGranted(actor, 'transfer.read');
  const shown = (data?.transferAttendances as { edges: unknown[] } | null | undefined)?.edges ?? [];
  if (may ? codes.length > 0 : codes.length !== 1) probing.leak(`transferAttendances: ${text.slice(0, 100)}`);
  if (shown.length > 0) probing.leak('transferAttendances shows what nobody asked for');
};

/** Faults of units that are nobody's: whoever may declare one is told so, anybody else is refused. */
const faultOf =
  (name: string, type: string, input: Record<string, unknown>): Probe =>
  async (probing) => {
    const { actor } = probing.asker;
    const { codes, data, text } = await probing.ask(
      'transfer',
      `mutation ($input: ${type}!) { ${name}(input: $input) { fault { reference } findings { code } } }`,
      { input: { idempotencyKey: nowhere(), reference: nowhere(), ...input } },
    );
    const may = actor !== null && isGranted(actor, 'fault.declare');
    if (!may && codes.length !== 1) probing.leak(`${name}: ${text.slice(0, 100)}`);
    const answer = data?.[name] as { fault: unknown } | null | undefined;
    if (answer?.fault) probing.leak(`${name} takes what is nobody's`);
  };

const faults: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { codes, text } = await probing.ask('transfer', '{ systemFaults { reference } }');
  const may = actor !== null && isGranted(actor, 'fault.read');
  if (!may && codes.length !== 1) probing.leak(`systemFaults: ${text.slice(0, 100)}`);
  if (codes.includes('INTERNAL')) probing.leak('systemFaults ended in a fault');
};

const mutations: readonly Mutation[] = [
  aboutCase('handleTransferStep', 'HandleTransferStepInput', {}, writing),
  aboutCase('decideTransferStep', 'DecideTransferStepInput', { decision: 'APPROVE' }, deciding),
  aboutCase('callUpFile', 'CallUpFileInput', { reportedOn: '2026-09-02' }, writing),
  aboutCase(
    'handInTransferPapers',
    'HandInTransferPapersInput',
    { evidence: [{ upload: nowhere(), kind: 'REASON_PROOF' }] },
    writing,
  ),
  aboutCase(
    'prefileTransfer',
    'PrefileTransferInput',
    { nature: 'OTHER', dataChecked: true, proofsChecked: true },
    writing,
  ),
  {
    ...aboutCase('endAttending', 'EndAttendingInput', {}, identifying),
    selection: 'attendance { id } findings { code }',
    input: (id) => ({ attendance: id, expectedVersion: 1, leftOn: '2026-09-02' }),
  },
  aboutCase('discardTransferDraft', 'DiscardTransferDraftInput', {}, writing),
  aboutCase('withdrawTransfer', 'WithdrawTransferInput', {}, reading),
  aboutApplication('withdrawTransferApplication', 'WithdrawTransferApplicationInput', {}, reading),
  aboutApplication(
    'declineTransferApplication',
    'DeclineTransferApplicationInput',
    { reasons: ['REGISTRATION_INFO_WRONG'] },
    deciding,
  ),
  aboutApplication(
    'askForTransferPapers',
    'AskForTransferPapersInput',
    { papers: ['REASON_PROOF'] },
    identifying,
  ),
  aboutApplication('requestCountyArrangement', 'RequestCountyArrangementInput', {}, reading),
  aboutApplication('proposeSchool', 'ProposeSchoolInput', { school: DEMO_SCHOOLS.taiyuanPrimary }, writing),
  aboutApplication('arrangeSchool', 'ArrangeSchoolInput', {}, deciding),
];

export const transferProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(mutations.map((mutation) => [mutation.name, probeOf(mutation)])),
  previewTransfer: byGuess(
    'previewTransfer',
    'query ($input: TransferInput!) { previewTransfer(input: $input) { findings { code } } }',
    () => ({}),
  ),
  initiateTransfer: byGuess(
    'initiateTransfer',
    `mutation ($input: InitiateTransferInput!) { initiateTransfer(input: $input) { transfer { id } findings { code } } }`,
    () => ({ idempotencyKey: nowhere() }),
  ),
  reportAttending: byGuess(
    'reportAttending',
    `mutation ($input: ReportAttendingInput!) { reportAttending(input: $input) { attendance { id } findings { code } } }`,
    () => ({ idempotencyKey: nowhere() }),
    'attendance.report',
    attending,
  ),
  recordOfflineTransfer: byGuess(
    'recordOfflineTransfer',
    `mutation ($input: RecordOfflineTransferInput!) {
      recordOfflineTransfer(input: $input) { attendance { id } findings { code } } }`,
    () => ({ idempotencyKey: nowhere() }),
    'attendance.report',
    outside,
  ),
  declareFault: faultOf('declareFault', 'DeclareFaultInput', {
    ...{ place: '999999', from: '2026-09-02T00:00:00+08:00', description: '无' },
  }),
  endFault: faultOf('endFault', 'EndFaultInput', { at: '2026-09-02T00:00:00+08:00' }),
  transferAttendances: attendances,
  systemFaults: faults,
  previewTransferApplication: asOther(
    'previewTransferApplication',
    `query ($input: TransferApplicationInput!) { previewTransferApplication(input: $input) { findings { code } } }`,
    () => ({}),
  ),
  applyForTransfer: asOther(
    'applyForTransfer',
    `mutation ($input: ApplyForTransferInput!) { applyForTransfer(input: $input) { application { id } findings { code } } }`,
    () => ({ idempotencyKey: nowhere() }),
  ),
  transferCase: one('transferCase'),
  transferCases: list('transferCases'),
  transferApplication: one('transferApplication'),
  transferApplications: list('transferApplications'),
  transfersOfStudent: ofStudent,
};
