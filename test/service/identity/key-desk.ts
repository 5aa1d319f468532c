import { randomUUID } from 'node:crypto';
import {
  authorityDesks,
  type CaseDesk,
  caseDeskOf,
  type Desk,
  schoolDesks,
} from '#test/service/enrollment/case-desk.ts';
import {
  type Counter,
  counterOf,
  type Registration,
  type Told,
  taiyuanPrimary,
} from '#test/service/enrollment/counter.ts';
import type { Form } from '#test/service/enrollment/pupils.ts';
import type { GraphAnswer, Registry } from '#test/support/registry.ts';

export type ChangeStep = {
  party: string;
  unit: string;
  deadline: string;
  provisional: boolean;
  overdue: boolean;
  handledAt: string | null;
  decidedAt: string | null;
  decision: string | null;
};
export type Change = {
  id: string;
  kind: string;
  state: string;
  version: number;
  policyOn: string;
  items: { item: string; group: string; before: string | null; after: string | null }[];
  papers: { upload: string; kind: string; mediaType: string }[];
  steps: ChangeStep[];
  blockers: Told[];
  findings: Told[];
  allowedActions: string[];
};
export type ChangeAnswer = { change: Change | null; findings: Told[] };
export type Identity = {
  id: string;
  identityVersion: number;
  name: string;
  gender: string;
  birthDate: string;
  numberKind: string | null;
  studentNumber: string | null;
  identityDocument: { type: string; number: string | null };
  verification: { comparison: string };
  numberHistory: { kind: string; state: string; value: string; reason: string; validTo: string | null }[];
  formerKeyInformation: {
    change: string;
    name: string;
    gender: string;
    birthDate: string;
    documentType: string;
    documentNumber: string | null;
  }[];
};

const told = 'findings { ruleId outcome code message path basis { document article layer } }';
export const changeFields = `id kind state version policyOn allowedActions
  items { item group before(full: true) after(full: true) } papers { upload kind mediaType }
  steps { party unit deadline provisional overdue handledAt decidedAt decision }
  blockers { ruleId outcome code basis { document article layer } } ${told}`;
const identityFields = `id identityVersion name gender birthDate numberKind studentNumber(full: true)
  identityDocument { type number(full: true) } verification { comparison }
  numberHistory { kind state value(full: true) reason validTo }
  formerKeyInformation { change name(full: true) gender birthDate(full: true) documentType documentNumber(full: true) }`;

export const school = schoolDesks(taiyuanPrimary);
export const county = authorityDesks('140105');
export const province: Desk = {
  sub: 'province-140000',
  level: 'PROVINCE',
  unit: '140000',
  roles: ['REGISTRAR'],
};
export const ministry: Desk = {
  sub: 'ministry-decides',
  level: 'MINISTRY',
  unit: '000000',
  roles: ['DECISION_MAKER'],
};

/** The registry as the people use it who change who somebody is. */
export const keyDeskOf = (registry: Registry) => {
  const counter: Counter = counterOf(registry);
  const desk: CaseDesk = caseDeskOf(registry);
  const { ask, answered } = desk;

  const proof = async (who: Desk, kind = 'HOUSEHOLD_REGISTER') => {
    const { upload } = await desk.paper(who, kind);
    return { upload, kind };
  };

  const tryOn = (who: Desk, mutation: string, type: string, input: Record<string, unknown>) =>
    ask<Record<string, ChangeAnswer>>(
      who,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { change { ${changeFields} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );

  const on = async (...order: Parameters<typeof tryOn>): Promise<ChangeAnswer> => {
    const answer = answered(await tryOn(...order))[order[1]];
    if (answer === undefined) throw new Error('No answer');
    return answer;
  };

  const identity = async (who: Desk, student: string): Promise<Identity> =>
    answered(
      await ask<{ student: Identity }>(who, `query ($id: ID!) { student(id: $id) { ${identityFields} } }`, {
        id: student,
      }),
    ).student;

  const change = async (who: Desk, id: string): Promise<Change> =>
    answered(
      await ask<{ keyInformationChange: Change }>(
        who,
        `query ($id: ID!) { keyInformationChange(id: $id) { ${changeFields} } }`,
        { id },
      ),
    ).keyInformationChange;

  const list = async (
    who: Desk,
    filter: Record<string, unknown> = {},
  ): Promise<GraphAnswer<{ keyInformationChanges: { edges: { node: Change }[] } }>> =>
    ask(
      who,
      `query ($filter: KeyInformationChangeFilter) {
        keyInformationChanges(filter: $filter, first: 200) { edges { node { ${changeFields} } } } }`,
      { filter },
    );

  /** What the registrar of the pupil's school sends; the version is looked up unless the test says it. */
  const inputFor = async (
    student: string,
    to: Record<string, unknown>,
    more: Record<string, unknown> = {},
    who: Desk = school.registrar,
  ) => ({
    student,
    expectedVersion: more.expectedVersion ?? (await identity(who, student)).identityVersion,
    to,
    evidence: [await proof(who)],
    ...more,
  });

  const request = async (
    student: string,
    to: Record<string, unknown>,
    more: Record<string, unknown> = {},
    who: Desk = school.registrar,
  ): Promise<ChangeAnswer> =>
    on(
      who,
      'requestKeyInformationChange',
      'RequestKeyInformationChangeInput',
      await inputFor(student, to, more, who),
    );

  type Known = Pick<Change, 'id' | 'version'>;
  const decideInput = ({ id, version }: Known, decision: string, reason: string | null = null) => ({
    change: id,
    expectedVersion: version,
    decision,
    reason,
  });
  const decide = (who: Desk, known: Known, decision: string, reason: string | null = null) =>
    on(
      who,
      'decideKeyInformationChange',
      'DecideKeyInformationChangeInput',
      decideInput(known, decision, reason),
    );
  const handle = (who: Desk, { id, version }: Known, more: Record<string, unknown> = {}) =>
    on(who, 'handleKeyInformationChange', 'HandleKeyInformationChangeInput', {
      change: id,
      expectedVersion: version,
      ...more,
    });
  const withdraw = (who: Desk, { id, version }: Known, reason = '家长撤回申请') =>
    on(who, 'withdrawKeyInformationChange', 'WithdrawKeyInformationChangeInput', {
      change: id,
      expectedVersion: version,
      reason,
    });
  const supply = async (student: string, idDocumentNumber: string, more: Record<string, unknown> = {}) => {
    const { to: _, ...input } = await inputFor(student, {}, more);
    return on(school.registrar, 'supplyIdentityDocument', 'SupplyIdentityDocumentInput', {
      ...input,
      idDocumentNumber,
    });
  };

  /** The change after somebody's move; throws where it was refused. */
  const after = async (move: Promise<ChangeAnswer>): Promise<Change> => {
    const { change: found, findings } = await move;
    if (found === null) throw new Error(`Refused: ${JSON.stringify(findings)}`);
    return found;
  };

  /** Through school and county up to the checks. */
  const approve = async (opened: Change, authority = county, own = school): Promise<Change> => {
    const confirmed = await after(decide(own.head, opened, 'APPROVE'));
    const handled = await after(handle(authority.registrar, confirmed, { opinion: '材料齐全' }));
    return after(decide(authority.head, handled, 'APPROVE'));
  };

  /** Until the checks are over: in effect, or back at the school. */
  const checked = async (id: string, who: Desk = school.registrar): Promise<Change> => {
    await counter.until('the checks are over', async () => (await change(who, id)).state !== 'RECHECKING');
    await registry.settled();
    return change(who, id);
  };

  const applied = async (student: string, to: Record<string, unknown>): Promise<Change> =>
    checked((await approve(await after(request(student, to)))).id);

  /** A pupil of the school whose registration is approved. */
  const pupil = async (form: Form, at: string = taiyuanPrimary, who = 'xiaodian'): Promise<Registration> => {
    const waiting = await counter.registered(at, form);
    const [result] = (await counter.decide(who, 'APPROVE', [waiting])).results;
    if (!result?.enrollment) throw new Error('Not approved');
    await registry.settled();
    return result.enrollment;
  };

  /** The ministry issues formal numbers to everybody who has none, after the spring term has opened. */
  const issue = async (): Promise<void> => {
    const start = () =>
      registry.ask<{ issueFormalNumbers: { run: { state: string } | null } }>(
        'ministry',
        `mutation ($input: IssueFormalNumbersInput!) { issueFormalNumbers(input: $input) { run { state } } }`,
        { input: { idempotencyKey: 'spring' } },
      );
    await counter.until(
      'the run is done',
      async () => (await start()).data?.issueFormalNumbers.run?.state === 'DONE',
    );
    await registry.settled();
  };

  return {
    counter,
    desk,
    ask,
    answered,
    proof,
    tryOn,
    identity,
    change,
    list,
    inputFor,
    request,
    decideInput,
    decide,
    handle,
    withdraw,
    supply,
    after,
    approve,
    checked,
    applied,
    pupil,
    issue,
  };
};
export type KeyDesk = ReturnType<typeof keyDeskOf>;
