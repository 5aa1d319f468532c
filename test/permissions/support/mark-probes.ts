import { randomUUID } from 'node:crypto';
import { nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import type { Pupil } from './truth.ts';

type Order = {
  name: string;
  type: string;
  input: Record<string, unknown>;
  selection?: string;
  /** Whether the asker could have an effect: such a probe is left out. */
  isAllowed(probing: Probing, pupil: Pupil): boolean;
};

const isOwnSchool = ({ asker: { actor } }: Probing, { school }: Pupil): boolean => actor?.school === school;
const isOwnAuthority = ({ asker: { actor }, truth }: Probing, { school }: Pupil): boolean =>
  actor?.unit !== undefined && actor.unit === truth.lineOf(school)[1];

/** The city decides; a province without one stands for it, so that no unit above the school is probed. */
const isAbove = ({ asker: { actor }, truth }: Probing, { school }: Pupil): boolean =>
  actor?.unit !== undefined && truth.lineOf(school).includes(actor.unit);

const ofSchool = (name: string, type: string, input: Record<string, unknown>): Order => ({
  name,
  type,
  input,
  isAllowed: isOwnSchool,
});

const orders: readonly Order[] = [
  ofSchool('logGuardianContact', 'GuardianContactInput', {
    contactedOn: '2026-09-01',
    means: 'PHONE',
    about: 'ABSENCE',
    reached: false,
  }),
  ofSchool('reportAway', 'ReportAwayInput', { reason: 'MISSING', since: '2026-09-01' }),
  ofSchool('clearAway', 'RegistrationOrderInput', {}),
  ofSchool('askCancellation', 'CancellationInput', { reason: 'OTHER' }),
  ofSchool('enterSpecializedSchool', 'SpecializedSchoolInput', { since: '2026-09-01' }),
  ofSchool('proposeReturnGrade', 'ReturnGradeInput', { returnedOn: '2026-09-01', grade: 1 }),
  ofSchool('recordProgressAssessment', 'ProgressAssessmentInput', {
    step: 'PROMOTION',
    supports: true,
    assessedOn: '2026-09-01',
    committee: '140105',
    papers: [randomUUID()],
  }),
  {
    name: 'fixReturnGrade',
    type: 'FixReturnGradeInput',
    input: { grade: 1 },
    isAllowed: isOwnAuthority,
  },
  {
    name: 'requestCityConfirmation',
    type: 'CityConfirmationInput',
    input: { kind: 'SPECIAL_CASE', explanation: '情况特殊' },
    isAllowed: (probing, pupil) => isOwnSchool(probing, pupil) || isOwnAuthority(probing, pupil),
  },
  {
    name: 'decideCityMatter',
    type: 'DecideCityMatterInput',
    input: { kind: 'JOINT_PROGRAMME', decision: 'CONFIRM', reason: '同意' },
    isAllowed: isAbove,
  },
  {
    ...ofSchool('requestExpulsion', 'ExpulsionInput', { decidedOn: '2026-09-01' }),
    selection: 'case { id } findings { code }',
  },
  {
    ...ofSchool('markBackAtSchool', 'ResumptionInput', {
      resumeGrade: 'ORIGINAL_GRADE',
      returnedOn: '2026-09-01',
    }),
    selection: 'case { id } findings { code }',
  },
];

const idOf = ({ person, enrollment }: Pupil): string => `${person}.${enrollment}`;
const noEnrollment = (): string => `${nowhere()}.${nowhere()}`;

/** A mutation about a registration: whose pupil it is not hears the same as of a pupil whom nobody has. */
const probeOf =
  ({ name, type, input, selection, isAllowed }: Order): Probe =>
  async (probing) => {
    const pupil = probing.pick.of(probing.truth.pupils);
    if (isAllowed(probing, pupil)) return;
    const key = randomUUID();
    const send = async (enrollment: string) => {
      const reply = await probing.ask(
        'enrollment',
        `mutation ($input: ${type}!) { ${name}(input: $input) {
          ${selection ?? 'enrollment { id version } findings { code }'} } }`,
        {
          input: {
            idempotencyKey: `${key}${enrollment.slice(-4)}`,
            enrollment,
            expectedVersion: pupil.version,
            ...input,
          },
        },
      );
      if (reply.codes.length !== 1 || !refusals.includes(reply.codes[0] ?? '')) {
        probing.leak(`${name} was not refused: ${reply.text.slice(0, 160)}`);
      }
      return reply;
    };
    await sameAsNothing(probing, name, send, idOf(pupil), noEnrollment());
  };

/** Who has no post hears nothing of it, and who has reads none of another body's. */
const notices: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { data } = await probing.ask(
    'enrollment',
    '{ officialNotices(first: 200) { edges { node { addressee content } } } }',
  );
  const page = data?.officialNotices as { edges: { node: { addressee: string } }[] } | null | undefined;
  for (const { node } of page?.edges ?? []) {
    const own = [actor?.unit, actor?.township].includes(node.addressee);
    if (!own) probing.leak(`officialNotices shows what was written to ${node.addressee}`);
  }
};

export const markProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(orders.map((order) => [order.name, probeOf(order)])),
  officialNotices: notices,
};
