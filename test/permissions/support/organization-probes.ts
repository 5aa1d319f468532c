import { randomUUID } from 'node:crypto';
import { type Action, isGranted } from '#libs/platform/permissions/table.ts';
import { noSchool, noUnit, nowhere, type Probe, type Probing, refusals, sameAsNothing } from './probe.ts';
import { type FiledRegistrar, workplaceOf } from './truth.ts';

/** Whether the asker's own unit or school is the registrar's, or stands above it. */
const covers = ({ truth, asker: { actor } }: Probing, { workplace }: FiledRegistrar): boolean => {
  const own = actor && workplaceOf(truth, actor);
  const line = workplace.length === 10 ? truth.lineOf(workplace) : truth.lineOfUnit(workplace);
  return own != null && line.includes(own);
};

const may = ({ asker: { actor } }: Probing, action: Action): boolean =>
  actor !== null && isGranted(actor, action);

/** Registrars find each other across the nation; everybody else sees the own range (ACC-14). */
const reads = (probing: Probing, registrar: FiledRegistrar): boolean => {
  const { actor } = probing.asker;
  if (actor === null || !may(probing, 'registrar.read')) return false;
  const isColleague = actor.roles.has('REGISTRAR') && registrar.roles.includes('REGISTRAR');
  return covers(probing, registrar) || (isColleague && workplaceOf(probing.truth, actor) !== undefined);
};

const document = `query ($id: ID!) { registrar(id: $id) { id name phone(full: true) subject trainings lastUsedOn
  findings { code } } }`;
type Seen = { id: string; name: string | null; subject: string | null; trainings: string[] | null };

const registrar: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.registrars);
  const send = (id: string) => probing.ask('organization', document, { id });
  if (!reads(probing, one)) return sameAsNothing(probing, 'registrar', send, one.id, nowhere());
  const seen = (await send(one.id)).data?.registrar as Seen | null | undefined;
  if (!seen?.name) probing.leak('registrar: a colleague is not shown');
  const isOwn = covers(probing, one);
  if ((seen?.subject !== null || seen.trainings !== null) !== isOwn)
    probing.leak(`registrar: login and trainings ${isOwn ? 'withheld' : 'told'}`);
};

const asEntity: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.registrars);
  if (reads(probing, one)) return;
  const send = (id: string) =>
    probing.ask(
      'organization',
      `query ($r: [_Any!]!) { _entities(representations: $r) {
         ... on Registrar { id name phone(full: true) subject state findings { code } } } }`,
      { r: [{ __typename: 'Registrar', id, name: '某某', subject: 'x' }] },
    );
  await sameAsNothing(probing, '_entities Registrar', send, one.id, nowhere(), false);
};

type Change = { name: string; type: string; action: Action; rest: Record<string, unknown> };
const changes: readonly Change[] = [
  {
    name: 'recordTraining',
    type: 'RecordTrainingInput',
    action: 'registrar.train',
    rest: { trainedOn: '2026-09-01' },
  },
  { name: 'fileRegistrar', type: 'FileRegistrarInput', action: 'registrar.oversee', rest: {} },
  { name: 'activateAccount', type: 'ActivateAccountInput', action: 'registrar.oversee', rest: {} },
  {
    name: 'suspendAccount',
    type: 'AccountDecisionInput',
    action: 'registrar.oversee',
    rest: { reason: '理由' },
  },
  {
    name: 'restoreAccount',
    type: 'AccountDecisionInput',
    action: 'registrar.oversee',
    rest: { reason: '理由' },
  },
  {
    name: 'unsealAccount',
    type: 'UnsealAccountInput',
    action: 'registrar.oversee',
    rest: { identityCheck: 'IN_PERSON' },
  },
  { name: 'replaceRegistrar', type: 'ReplaceRegistrarInput', action: 'registrar.nominate', rest: {} },
];

/** Who could have an effect is left out: effects are other tests' matter. */
const changeOf =
  ({ name, type, action, rest }: Change): Probe =>
  async (probing) => {
    const one = probing.pick.of(probing.truth.registrars);
    if (may(probing, action) && covers(probing, one)) return;
    const send = async (id: string) => {
      const reply = await probing.ask(
        'organization',
        `mutation ($input: ${type}!) { ${name}(input: $input) { registrar { id name } findings { code } } }`,
        { input: { idempotencyKey: randomUUID(), registrar: id, expectedVersion: one.version, ...rest } },
      );
      if (reply.codes.length !== 1 || !refusals.includes(reply.codes[0] ?? ''))
        probing.leak(`${name} was not refused: ${reply.text.slice(0, 160)}`);
      return reply;
    };
    await sameAsNothing(probing, name, send, one.id, nowhere());
  };

const nomination: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.registrars);
  if (may(probing, 'registrar.nominate') && covers(probing, one)) return;
  const place = one.workplace.length === 10 ? 'school' : 'unit';
  const send = (workplace: string) =>
    probing.ask(
      'organization',
      `mutation ($input: NominateRegistrarInput!) { nominateRegistrar(input: $input) {
         registrar { id } findings { code } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          [place]: workplace,
          roles: ['REGISTRAR'],
          subject: `probe-${randomUUID()}`,
          name: '某某',
          isEstablishmentStaff: true,
        },
      },
    );
  await sameAsNothing(
    probing,
    'nominateRegistrar',
    send,
    one.workplace,
    place === 'school' ? noSchool : noUnit,
  );
};

const password: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.registrars);
  if (may(probing, 'password.report')) return;
  const send = (subject: string) =>
    probing.ask(
      'organization',
      `mutation ($input: RecordPasswordChangeInput!) { recordPasswordChange(input: $input) { recorded } }`,
      { input: { idempotencyKey: randomUUID(), subject, changedAt: '2026-09-01T08:00:00+08:00' } },
    );
  await sameAsNothing(probing, 'recordPasswordChange', send, one.subject, randomUUID());
};

/** An order against a school or unit, by somebody who has no say there. */
const correction: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.registrars);
  if (may(probing, 'correction.order') && covers(probing, one)) return;
  const isSchool = one.workplace.length === 10;
  const send = (target: string) =>
    probing.ask(
      'organization',
      `mutation ($input: IssueCorrectionOrderInput!) { issueCorrectionOrder(input: $input) {
         order { id } findings { code } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          [isSchool ? 'school' : 'unit']: target,
          kind: isSchool ? 'OTHER' : 'BREACH_BY_AUTHORITY',
          evidence: '情况说明',
        },
      },
    );
  await sameAsNothing(probing, 'issueCorrectionOrder', send, one.workplace, isSchool ? noSchool : noUnit);
};

/** The duties of a unit or school outside of the own range. */
const duties: Probe = async (probing) => {
  const one = probing.pick.of(probing.truth.registrars);
  if (may(probing, 'term-duty.read') && covers(probing, one)) return;
  const send = (unit: string) =>
    probing.ask(
      'organization',
      `query ($unit: ID!) { termDuties(unit: $unit, schoolYear: 2025, term: 1) {
         edges { cursor node { note doneBy { name } findings { code } } } pageInfo { hasNextPage } } }`,
      { unit },
    );
  await sameAsNothing(
    probing,
    'termDuties',
    send,
    one.workplace,
    one.workplace.length === 10 ? noSchool : noUnit,
  );
};

/** Settings of the nation and of provinces, duties of the term: by whom the table does not name. */
const setting =
  (name: string, type: string, action: Action, input: Record<string, unknown>): Probe =>
  async (probing) => {
    if (may(probing, action)) return;
    const { codes, text } = await probing.ask(
      'organization',
      `mutation ($input: ${type}!) { ${name}(input: $input) { findings { code } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    if (codes.length !== 1 || !refusals.includes(codes[0] ?? ''))
      probing.leak(`${name} was not refused: ${text.slice(0, 160)}`);
  };

const move =
  (name: string, type: string, rest: Record<string, unknown>): Probe =>
  async (probing) => {
    const { codes, text } = await probing.ask(
      'organization',
      `mutation ($input: ${type}!) { ${name}(input: $input) { order { id } findings { code } } }`,
      { input: { idempotencyKey: randomUUID(), order: nowhere(), expectedVersion: 1, ...rest } },
    );
    if (codes.length !== 1 || !refusals.includes(codes[0] ?? ''))
      probing.leak(`${name} of nothing was not refused: ${text.slice(0, 160)}`);
  };

export const organizationProbes: Readonly<Record<string, Probe>> = {
  registrar,
  'Registrar as an entity': asEntity,
  nomination,
  password,
  correction,
  reportCorrection: move('reportCorrection', 'ReportCorrectionInput', { measures: '已改正' }),
  closeCorrection: move('closeCorrection', 'CloseCorrectionInput', { decision: 'ACCEPT', remark: '认可' }),
  duties,
  recordCountyCheck: setting('recordCountyCheck', 'RecordCountyCheckInput', 'term-duty.check', {
    schoolYear: 2025,
    term: 1,
    note: '已核查',
  }),
  notifyCounty: setting('notifyCounty', 'NotifyCountyInput', 'term-duty.notify', {
    schoolYear: 2025,
    term: 1,
    transferredIn: 1,
    transferredOut: 0,
    note: '已告知',
  }),
  publishWorkingDays: setting('publishWorkingDays', 'PublishWorkingDaysInput', 'working-days.publish', {
    year: 2030,
    basis: '通知',
    holidays: ['2030-01-01'],
    makeUpDays: [],
  }),
  publishComplaintContacts: setting(
    'publishComplaintContacts',
    'PublishComplaintContactsInput',
    'contacts.publish',
    { unit: '140105', expectedVersion: 99, contacts: [{ kind: 'PHONE', channel: '0351-0140105' }] },
  ),
  setGradePermission: setting('setGradePermission', 'SetGradePermissionInput', 'grade-permission.set', {
    province: '140000',
    kind: 'GRADE_SKIP',
    setting: 'COUNTY',
  }),
  announceExamRegistrationEnd: setting(
    'announceExamRegistrationEnd',
    'AnnounceExamRegistrationEndInput',
    'exam-registration.announce',
    { region: '110000', schoolYear: 2026, endsOn: '2026-11-10' },
  ),
  setAdmissionArea: setting('setAdmissionArea', 'SetAdmissionAreaInput', 'admission-area.set', {
    school: '3414000001',
    expectedVersion: 99,
    area: '城区',
    from: '2030-09-01',
  }),
  revokeSchoolClosure: setting('revokeSchoolClosure', 'RevokeSchoolClosureInput', 'school.change', {
    school: '3414000001',
    reason: '理由',
  }),
  setCompetentAuthority: setting('setCompetentAuthority', 'SetCompetentAuthorityInput', 'school.change', {
    school: '3414000001',
    expectedVersion: 99,
    competentAuthority: '140100',
  }),
  ...Object.fromEntries(changes.map((change) => [change.name, changeOf(change)])),
};
