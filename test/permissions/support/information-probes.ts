import { randomUUID } from 'node:crypto';
import { type Action, isGranted } from '#libs/platform/permissions/table.ts';
import { nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { somebody } from './read-probes.ts';
import { coversSchool, type Pupil, seesPupil } from './truth.ts';

/** An order about a pupil or a record of one, and who might have an effect with it: such a probe is left out. */
type Order = {
  name: string;
  kind: 'query' | 'mutation';
  type: string;
  selection: string;
  input(word: string): Record<string, unknown>;
  actions: readonly Action[];
  /** Named by a problem record instead of the pupil. */
  ofProblem?: true;
};

const phone = { changes: { contactPhone: '13900000000' } };
const orders: readonly Order[] = [
  {
    ...{ name: 'submitInformationUpdate', kind: 'mutation', type: 'SubmitInformationUpdateInput' },
    ...{
      selection: 'update { id } findings { code }',
      actions: ['information.propose', 'information.propose-own'],
    },
    input: (student) => ({ student, ...phone }),
  },
  {
    ...{ name: 'previewInformationUpdate', kind: 'query', type: 'SubmitInformationUpdateInput' },
    ...{ selection: 'findings { code }', actions: ['information.propose', 'information.propose-own'] },
    input: (student) => ({ student, ...phone }),
  },
  {
    ...{ name: 'confirmInformation', kind: 'mutation', type: 'ConfirmInformationInput' },
    ...{ selection: 'confirmed', actions: ['information.propose'] },
    input: (student) => ({ students: [student] }),
  },
  {
    ...{ name: 'reportProblem', kind: 'mutation', type: 'ReportProblemInput' },
    ...{ selection: 'problem { id } findings { code }', actions: ['problem.report'] },
    input: (student) => ({ student, kind: 'FALSE_INFORMATION', note: '核查' }),
  },
  {
    ...{ name: 'handleProblemRecord', kind: 'mutation', type: 'HandleProblemRecordInput', ofProblem: true },
    ...{ selection: 'problem { id } findings { code }', actions: ['problem.handle'] },
    input: (problem) => ({ problem, expectedVersion: 1, action: 'VERIFY' }),
  },
  {
    ...{ name: 'resolveProblemRecord', kind: 'mutation', type: 'ResolveProblemRecordInput', ofProblem: true },
    ...{ selection: 'problem { id } findings { code }', actions: ['problem.resolve'] },
    input: (problem) => ({
      ...{ problem, expectedVersion: 1, resolution: 'DATA_CORRECTED', note: '已处理', evidence: [] },
    }),
  },
];

const reaches = ({ truth, asker: { actor } }: Probing, pupil: Pupil): boolean =>
  actor !== null && (seesPupil(truth, actor, pupil) || coversSchool(truth, actor, pupil.school));

const probeOf =
  ({ name, kind, type, selection, input, actions, ofProblem }: Order): Probe =>
  async (probing) => {
    const { truth, asker, pick } = probing;
    const record = pick.of(truth.problems);
    const pupil = ofProblem ? truth.pupils.find(({ person }) => person === record.person) : somebody(probing);
    const { actor } = asker;
    if (pupil === undefined) return;
    if (actor !== null && actions.some((action) => isGranted(actor, action)) && reaches(probing, pupil))
      return;
    const key = randomUUID();
    const send = async (word: string) => {
      const reply = await probing.ask(
        'identity',
        `${kind} ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`,
        { input: { idempotencyKey: `${key}${word.slice(-4)}`, ...input(word) } },
      );
      if (reply.codes.length !== 1 || !refusals.includes(reply.codes[0] ?? ''))
        probing.leak(`${name} was not refused: ${reply.text.slice(0, 160)}`);
      return reply;
    };
    const [word, nothing] = ofProblem
      ? [`${record.person}.${record.id}`, `${nowhere()}.${nowhere()}`]
      : [pupil.person, nowhere()];
    await sameAsNothing(probing, name, send, word, nothing);
  };

const candidates: Probe = async (probing) => {
  const pupil = somebody(probing);
  const { actor } = probing.asker;
  const send = (student: string) =>
    probing.ask(
      'identity',
      `query ($student: ID!) { duplicateCandidates(student: $student) { student { id } school { id } } }`,
      { student },
    );
  if (
    actor === null ||
    !isGranted(actor, 'duplicate.look') ||
    !coversSchool(probing.truth, actor, pupil.school)
  )
    return sameAsNothing(probing, 'duplicateCandidates', send, pupil.person, nowhere());
  const { data, codes } = await send(pupil.person);
  const shown = (data?.duplicateCandidates ?? []) as { student: { id: string }; school: { id: string } }[];
  if (codes.length > 0) probing.leak(`duplicateCandidates: the own are refused (${codes})`);
  for (const { school } of shown)
    if (!coversSchool(probing.truth, actor, school.id)) probing.leak('duplicateCandidates: one of elsewhere');
};

const oneProblem: Probe = async (probing) => {
  const { truth, pick, asker } = probing;
  const record = pick.of(truth.problems);
  const pupil = truth.pupils.find(({ person }) => person === record.person);
  const send = (id: string) =>
    probing.ask(
      'identity',
      'query ($id: ID!) { problemRecord(id: $id) { id state turn history { act unit } blockers { code } } }',
      { id },
    );
  const id = `${record.person}.${record.id}`;
  if (asker.actor === null || pupil === undefined || !reaches(probing, pupil))
    return sameAsNothing(probing, 'problemRecord', send, id, `${nowhere()}.${nowhere()}`);
};

export const informationProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(orders.map((order) => [order.name, probeOf(order)])),
  duplicateCandidates: candidates,
  problemRecord: oneProblem,
};
