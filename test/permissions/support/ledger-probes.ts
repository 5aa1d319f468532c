import { randomUUID } from 'node:crypto';
import { hasStanding } from '#libs/platform/permissions/table.ts';
import { nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { coversSchool, type LedgerRow } from './truth.ts';

type Step = { name: string; type: string; input: Record<string, unknown>; decides?: boolean };

const enter = (name: string, type: string, input: Record<string, unknown> = {}): Step => ({
  name,
  type,
  input,
});
const paper = { township: '140105101', content: '未到校' };

const steps: readonly Step[] = [
  enter('confirmDropout', 'ConfirmDropoutInput'),
  enter('reportDropout', 'ReportDropoutInput', paper),
  enter('requestReturnOrder', 'ReportDropoutInput', paper),
  enter('logPersuasion', 'PersuasionInput', { measure: 'PHONE', actedOn: '2026-09-01', reached: true }),
  enter('markDropoutReturned', 'DropoutReturnedInput', { returnedOn: '2026-09-01' }),
  { ...enter('settleDropoutReturn', 'EndDropoutInput', { note: '已核实' }), decides: true },
  { ...enter('clearDropoutClue', 'EndDropoutInput', { note: '已核实' }), decides: true },
];

/** Own staff or the registry authority itself, with the role for it. */
const worksOn = ({ asker: { actor }, truth }: Probing, { school }: LedgerRow, decides = false): boolean =>
  actor !== null &&
  hasStanding(actor, decides ? 'dropout.decide' : 'dropout.enter') &&
  (actor.level === 'SCHOOL' ? actor.school === school : actor.unit === truth.lineOf(school)[1]);

const stepProbe =
  ({ name, type, input, decides }: Step): Probe =>
  async (probing) => {
    const entry = probing.pick.of(probing.truth.entries);
    if (worksOn(probing, entry, decides)) return;
    const key = randomUUID();
    const send = async (id: string) => {
      const reply = await probing.ask(
        'enrollment',
        `mutation ($input: ${type}!) { ${name}(input: $input) { entry { id version } findings { code } } }`,
        { input: { idempotencyKey: `${key}${id.slice(-4)}`, entry: id, expectedVersion: 1, ...input } },
      );
      if (reply.codes.length !== 1 || !refusals.includes(reply.codes[0] ?? '')) {
        probing.leak(`${name} was not refused: ${reply.text.slice(0, 160)}`);
      }
      return reply;
    };
    await sameAsNothing(probing, name, send, entry.id, nowhere());
  };

/** A clue about a pupil of somebody else's school is answered like one about nobody. */
const clue: Probe = async (probing) => {
  const pupil = probing.pick.of(probing.truth.pupils);
  if (worksOn(probing, { id: '', school: pupil.school })) return;
  const key = randomUUID();
  const send = (enrollment: string) =>
    probing.ask(
      'enrollment',
      `mutation ($input: DropoutClueInput!) { openDropoutClue(input: $input) { entry { id } findings { code } } }`,
      {
        input: {
          idempotencyKey: `${key}${enrollment.slice(-4)}`,
          enrollment,
          source: 'SCHOOL',
          since: '2026-09-01',
        },
      },
    );
  const id = `${pupil.person}.${pupil.enrollment}`;
  await sameAsNothing(probing, 'openDropoutClue', send, id, `${nowhere()}.${nowhere()}`);
};

const one: Probe = async (probing) => {
  const entry = probing.pick.of(probing.truth.entries);
  const { actor } = probing.asker;
  if (actor !== null && coversSchool(probing.truth, actor, entry.school)) return;
  const send = (id: string) =>
    probing.ask('enrollment', 'query ($id: ID!) { dropoutEntry(id: $id) { id state actions { kind } } }', {
      id,
    });
  await sameAsNothing(probing, 'dropoutEntry', send, entry.id, nowhere());
};

/** Nobody lists an entry of a school outside of the own range. */
const list: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { data } = await probing.ask(
    'enrollment',
    '{ dropoutLedger(first: 200) { edges { node { id school { id } } } } }',
  );
  const page = data?.dropoutLedger as { edges: { node: { school: { id: string } } }[] } | null | undefined;
  for (const { node } of page?.edges ?? []) {
    const covers = actor !== null && coversSchool(probing.truth, actor, node.school.id);
    if (!covers) probing.leak(`dropoutLedger shows an entry of ${node.school.id}`);
  }
};

export const ledgerProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(steps.map((step) => [step.name, stepProbe(step)])),
  openDropoutClue: clue,
  dropoutEntry: one,
  dropoutLedger: list,
};
