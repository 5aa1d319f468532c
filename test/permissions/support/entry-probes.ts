import { randomUUID } from 'node:crypto';
import { isGranted } from '#libs/platform/permissions/table.ts';
import { noSchool, nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { coversSchool, type Waiting } from './truth.ts';

type Order = {
  name: string;
  type: string;
  selection: string;
  subjects(probing: Probing): readonly Waiting[];
  input(id: string): Record<string, unknown>;
  isAllowed(probing: Probing, subject: Waiting): boolean;
};

const isOwnSchool = ({ asker: { actor } }: Probing, { owner }: Waiting): boolean => actor?.school === owner;
const isAuthority = ({ asker: { actor }, truth }: Probing, { owner }: Waiting): boolean =>
  actor !== null && isGranted(actor, 'rollback.decide') && actor.unit === truth.lineOf(owner)[1];
const isCounty = ({ asker: { actor } }: Probing, { owner }: Waiting): boolean =>
  actor !== null && isGranted(actor, 'deferral.decide') && actor.unit === owner;

const ofAdmission = (
  name: string,
  type: string,
  rest: Record<string, unknown>,
  isAllowed: Order['isAllowed'],
): Order => ({
  name,
  type,
  selection: 'admission { id } findings { code }',
  subjects: ({ truth }) => truth.admissions,
  input: (admission) => ({ admission, ...rest }),
  isAllowed,
});

const orders: readonly Order[] = [
  ofAdmission(
    'extendAdmission',
    'ExtendAdmissionInput',
    { until: '2026-09-20', proofShown: true },
    isOwnSchool,
  ),
  ofAdmission('requestAdmissionEnd', 'AdmissionEndInput', { ground: 'NO_SHOW', reason: '未到' }, isOwnSchool),
  ofAdmission(
    'decideAdmissionEnd',
    'DecideAdmissionEndInput',
    { consents: true, reason: '同意' },
    isAuthority,
  ),
  {
    name: 'extendEntry',
    type: 'ExtendEntryInput',
    selection: 'place { id } findings { code }',
    subjects: ({ truth }) => truth.entryPlaces,
    input: (place) => ({ place, expectedVersion: 1, until: '2026-09-20', proofShown: true }),
    isAllowed: isOwnSchool,
  },
  {
    name: 'decideDeferral',
    type: 'DecideDeferralInput',
    selection: 'deferral { id } findings { code }',
    subjects: ({ truth }) => truth.deferrals,
    input: (deferral) => ({ deferral, expectedVersion: 1, decision: 'APPROVE', reason: '同意' }),
    isAllowed: isCounty,
  },
];

const probeOf =
  ({ name, type, selection, subjects, input, isAllowed }: Order): Probe =>
  async (probing) => {
    const subject = probing.pick.of(subjects(probing));
    if (isAllowed(probing, subject)) return;
    const key = randomUUID();
    const send = async (id: string) => {
      const reply = await probing.ask(
        'enrollment',
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} } }`,
        { input: { idempotencyKey: `${key}${id.slice(-4)}`, ...input(id) } },
      );
      if (reply.codes.length !== 1 || !refusals.includes(reply.codes[0] ?? '')) {
        probing.leak(`${name} was not refused: ${reply.text.slice(0, 160)}`);
      }
      return reply;
    };
    await sameAsNothing(probing, name, send, subject.id, nowhere());
  };

const grant: Probe = async (probing) => {
  const { school } = probing.pick.of(probing.truth.pupils);
  if (isOwnSchool(probing, { id: '', owner: school })) return;
  const key = randomUUID();
  const send = (code: string) =>
    probing.ask(
      'enrollment',
      `mutation ($input: GrantPlacesInput!) { grantPlaces(input: $input) { granted findings { code } } }`,
      {
        input: {
          idempotencyKey: `${key}${code.slice(-4)}`,
          school: code,
          stage: 'PRIMARY',
          schoolYear: 2026,
          children: [{ name: '测试儿', birthDate: '2020-01-05' }],
        },
      },
    );
  await sameAsNothing(probing, 'grantPlaces', send, school, noSchool);
};

const places: Probe = async (probing) => {
  const { school } = probing.pick.of(probing.truth.pupils);
  const { actor } = probing.asker;
  if (actor !== null && coversSchool(probing.truth, actor, school)) return;
  const send = (code: string) =>
    probing.ask(
      'enrollment',
      'query ($school: ID!) { entryPlaces(school: $school) { edges { node { id } } } }',
      { school: code },
    );
  await sameAsNothing(probing, 'entryPlaces', send, school, noSchool);
};

/** A county lists what was asked of it; somebody else’s guardian, or another authority, nothing of it. */
const deferrals: Probe = async (probing) => {
  const { actor } = probing.asker;
  const { data } = await probing.ask(
    'enrollment',
    '{ entryDeferrals(first: 200) { edges { node { county } } } }',
  );
  const page = data?.entryDeferrals as { edges: { node: { county: string } }[] } | null | undefined;
  for (const { node } of page?.edges ?? []) {
    if (actor?.level !== 'COUNTY' || actor.unit !== node.county)
      probing.leak(`entryDeferrals shows what was asked of ${node.county}`);
  }
};

/** Who is no guardian asks for no deferral. */
const apply: Probe = async (probing) => {
  const { actor, name } = probing.asker;
  if (actor !== null && isGranted(actor, 'deferral.apply')) return;
  const { codes } = await probing.ask(
    'enrollment',
    `mutation ($input: DeferralInput!) { requestDeferral(input: $input) { deferral { id } } }`,
    {
      input: {
        idempotencyKey: randomUUID(),
        county: '140105',
        householdCounty: '140105',
        schoolYear: 2027,
        child: { name: '测试儿', birthDate: '2021-01-05', grounds: '生病' },
      },
    },
  );
  if (!codes.some((code) => refusals.includes(code))) probing.leak(`${name} asked for a deferral`);
};

export const entryProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(orders.map((order) => [order.name, probeOf(order)])),
  grantPlaces: grant,
  entryPlaces: places,
  entryDeferrals: deferrals,
  requestDeferral: apply,
};
