import { isGranted } from '#libs/platform/permissions/table.ts';
import { nowhere, type Probe, type Probing } from './probe.ts';
import { coversSchool, type Pupil } from './truth.ts';
import { type Mutation, probeOf } from './write-probes.ts';

const identifying = { scopes: ['student:read', 'student:identity', 'student:write'], twoFactors: false };
const deciding = { scopes: ['student:read', 'case:decide'], twoFactors: true };

const isOwnSchool = ({ asker: { actor } }: Probing, { school }: Pupil): boolean => actor?.school === school;
const covers = ({ truth, asker: { actor } }: Probing, { school }: Pupil): boolean =>
  actor !== null && coversSchool(truth, actor, school);

const change = 'change { id state items { after } } findings { code }';
const deletion = 'deletion { id state number } findings { code }';

const aboutPupil = (
  name: string,
  type: string,
  selection: string,
  rest: Record<string, unknown>,
  isAllowed: Mutation['isAllowed'],
): Mutation => ({
  service: 'identity',
  name,
  type,
  selection,
  demand: identifying,
  input: (student) => ({ student, expectedVersion: 99, ...rest }),
  wordOf: ({ person }) => person,
  nothing: nowhere,
  isAllowed,
});

/** Of a change that nobody has made: whoever may not see the pupil hears nothing, and who may hears the same. */
const aboutChange = (
  name: string,
  type: string,
  rest: Record<string, unknown>,
  demand: Mutation['demand'],
): Mutation => ({
  service: 'identity',
  name,
  type,
  selection: change,
  demand,
  input: (id) => ({ change: id, expectedVersion: 1, ...rest }),
  wordOf: ({ person }) => `${person}.${nowhere()}`,
  nothing: () => `${nowhere()}.${nowhere()}`,
  isAllowed: () => false,
});

const mutations: readonly Mutation[] = [
  aboutPupil(
    'requestKeyInformationChange',
    'RequestKeyInformationChangeInput',
    change,
    { to: { name: '测试儿' } },
    isOwnSchool,
  ),
  aboutPupil(
    'supplyIdentityDocument',
    'SupplyIdentityDocumentInput',
    change,
    { idDocumentNumber: '140105202001050019' },
    isOwnSchool,
  ),
  aboutPupil('requestNumberDeletion', 'RequestNumberDeletionInput', deletion, { reason: '测试' }, covers),
  {
    ...aboutPupil('giveNumberAnew', 'GiveNumberAnewInput', 'student { id } findings { code }', {}, covers),
    demand: deciding,
  },
  aboutChange('handleKeyInformationChange', 'HandleKeyInformationChangeInput', {}, identifying),
  aboutChange(
    'decideKeyInformationChange',
    'DecideKeyInformationChangeInput',
    { decision: 'APPROVE' },
    deciding,
  ),
  aboutChange(
    'withdrawKeyInformationChange',
    'WithdrawKeyInformationChangeInput',
    { reason: '测试' },
    identifying,
  ),
  {
    service: 'identity',
    name: 'decideNumberDeletion',
    type: 'DecideNumberDeletionInput',
    selection: deletion,
    demand: deciding,
    input: (id) => ({ deletion: id, expectedVersion: 1, decision: 'APPROVE' }),
    wordOf: ({ person }) => `${person}.${nowhere()}`,
    nothing: () => `${nowhere()}.${nowhere()}`,
    isAllowed: () => false,
  },
];

/** The worklist of a school is refused to who does not cover it, and holds nothing that nobody asked for. */
const list: Probe = async (probing) => {
  const { actor } = probing.asker;
  const pupil = probing.pick.of(probing.truth.pupils);
  const { codes, data, text } = await probing.ask(
    'identity',
    `query ($f: KeyInformationChangeFilter) { keyInformationChanges(filter: $f) { edges { node { id } } } }`,
    { f: { school: pupil.school } },
  );
  const may = actor !== null && isGranted(actor, 'key-change.read') && covers(probing, pupil);
  const shown = (data?.keyInformationChanges as { edges: unknown[] } | null | undefined)?.edges ?? [];
  if (may ? codes.length > 0 : codes.length !== 1)
    probing.leak(`keyInformationChanges: ${text.slice(0, 100)}`);
  if (shown.length > 0) probing.leak('keyInformationChanges shows what nobody asked for');
};

export const keyChangeProbes: Readonly<Record<string, Probe>> = {
  ...Object.fromEntries(mutations.map((mutation) => [mutation.name, probeOf(mutation)])),
  keyInformationChanges: list,
};
