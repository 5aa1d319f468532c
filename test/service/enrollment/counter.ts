import { randomUUID } from 'node:crypto';
import { DEMO_SCHOOLS, SCOPES } from '#deploy/demo/identities.ts';
import type { ServiceName } from '#libs/contracts/vocabulary.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { GraphAnswer, Registry } from '#test/support/registry.ts';
import { until } from '#test/support/until.ts';
import type { Form } from './pupils.ts';

export type Told = {
  ruleId: string;
  outcome: string;
  code: string;
  message: string;
  remedy: string | null;
  path: string[] | null;
  basis: { document: string; article: string; layer: string }[];
};

export type Registration = {
  id: string;
  version: number;
  status: string;
  grade: number;
  cohort: number;
  channel: string;
  decisionDueOn: string | null;
  decisionReason: string | null;
  refusalGround: string | null;
  schoolNote: string | null;
  school: { id: string };
  student: { id: string; numberKind: string | null; studentNumber: string | null; name: string | null };
};

export type Registered = { enrollment: Registration | null; findings: Told[] };
export type Decided = {
  decided: number;
  refused: number;
  results: { id: string; findings: Told[]; enrollment: Registration | null }[];
};

const told = 'findings { ruleId outcome code message remedy path basis { document article layer } }';
const registration = `id version status grade cohort channel decisionDueOn decisionReason refusalGround schoolNote
  school { id }
  student { id numberKind studentNumber(full: true) name }`;

const countedTables: readonly (readonly ['identity' | 'enrollment', string])[] = [
  ['identity', 'person'],
  ['identity', 'identity_document'],
  ['identity', 'guardian'],
  ['identity', 'student_number'],
  ['identity', 'document_claim'],
  ['identity', 'person_likeness'],
  ['identity', 'number_claim'],
  ['identity', 'event_log'],
  ['enrollment', 'pupil'],
  ['enrollment', 'enrollment'],
  ['enrollment', 'intake'],
  ['enrollment', 'idempotency'],
  ['enrollment', 'grade_batch_row'],
  ['enrollment', 'event_log'],
];

const everyScope = Object.values(SCOPES).join(' ');

/** What somebody signs in with who is no identity of the demo: the registrar of any school. */
const registrarOf = (school: string) => ({
  sub: `registrar-${school}`,
  school,
  level: 'SCHOOL',
  roles: ['REGISTRAR'],
  scope: everyScope,
});

export const { taiyuanPrimary, otherTaiyuanPrimary, beiguanPrimary } = DEMO_SCHOOLS;

/** Of a pupil from abroad the school states that there is a local place, unless the test says otherwise. */
const stated = ({ overseasCategory = 'NONE' }: Form): Record<string, unknown> =>
  overseasCategory === 'NONE' ? {} : { overseas: { locallyAdmitted: true } };

/** The registry as the people at the counters of schools and authorities use it. */
export const counterOf = (registry: Registry) => {
  /** Asks as an identity of the demo, or as the registrar of the school with this code. */
  const ask = async <Data>(
    who: string,
    text: string,
    variables: Record<string, unknown> = {},
  ): Promise<GraphAnswer<Data>> => {
    if (!/^\d{10}$/.test(who)) return registry.ask<Data>(who, text, variables);
    const token = await registry.network.tokenFor(registrarOf(who));
    const response = await fetch(`${registry.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: text, variables }),
    });
    const { data = null, errors = [] } = (await response.json()) as Partial<GraphAnswer<never>>;
    return { status: response.status, data, errors };
  };

  const answered = <Data>({ data, errors }: GraphAnswer<Data>): Data => {
    if (data === null || errors.length > 0) throw new Error(`The graph answered ${JSON.stringify(errors)}`);
    return data;
  };

  /** The answer of registerStudent with its errors. */
  const tryRegister = (school: string, form: Form, more: Record<string, unknown> = {}) =>
    ask<{ registerStudent: Registered }>(
      school,
      `mutation ($input: RegisterStudentInput!) {
        registerStudent(input: $input) { enrollment { ${registration} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), school, form, ...stated(form), ...more } },
    );

  const register = async (
    school: string,
    form: Form,
    more: Record<string, unknown> = {},
  ): Promise<Registered> => answered(await tryRegister(school, form, more)).registerStudent;

  const preview = async (school: string, form: Form, more: Record<string, unknown> = {}): Promise<Told[]> => {
    const answer = await ask<{ previewRegistration: { findings: Told[] } }>(
      school,
      `query ($input: RegisterStudentInput!) { previewRegistration(input: $input) { ${told} } }`,
      { input: { idempotencyKey: randomUUID(), school, form, ...stated(form), ...more } },
    );
    return answered(answer).previewRegistration.findings;
  };

  /** The registration of a form that the law lets through. */
  const registered = async (
    school: string,
    form: Form,
    more: Record<string, unknown> = {},
  ): Promise<Registration> => {
    const { enrollment, findings } = await register(school, form, more);
    if (enrollment === null) throw new Error(`Not registered: ${JSON.stringify(findings)}`);
    return enrollment;
  };

  const tryDecide = (
    who: string,
    decision: 'APPROVE' | 'RETURN' | 'REFUSE',
    wanted: readonly Pick<Registration, 'id' | 'version'>[],
    more: Record<string, unknown> = {},
  ) =>
    ask<{ decideRegistrations: Decided }>(
      who,
      `mutation ($input: DecideRegistrationsInput!) {
        decideRegistrations(input: $input) { decided refused
          results { id ${told} enrollment { ${registration} } } } }`,
      {
        input: {
          idempotencyKey: randomUUID(),
          decision,
          registrations: wanted.map(({ id, version }) => ({ enrollment: id, expectedVersion: version })),
          ...(decision === 'REFUSE' ? { ground: 'NOT_ADMITTED' } : {}),
          ...more,
        },
      },
    );

  const decide = async (...order: Parameters<typeof tryDecide>): Promise<Decided> =>
    answered(await tryDecide(...order)).decideRegistrations;

  const resubmit = (
    school: string,
    { id, version }: Pick<Registration, 'id' | 'version'>,
    note: string,
    more: { form?: Form; idempotencyKey?: string } = {},
  ) =>
    ask<{ resubmitRegistration: Registered }>(
      school,
      `mutation ($input: ResubmitRegistrationInput!) {
        resubmitRegistration(input: $input) { enrollment { ${registration} } ${told} } }`,
      { input: { idempotencyKey: randomUUID(), enrollment: id, expectedVersion: version, note, ...more } },
    );

  const rows = <Row>(service: ServiceName, text: string, parameters: unknown[] = []): Promise<Row[]> =>
    asWorker(registry.network.service(service).core.worker, (tx) => query<Row>(tx, text, parameters));

  const change = (service: ServiceName, text: string, parameters: unknown[] = []): Promise<number> =>
    asWorker(registry.network.service(service).core.worker, (tx) => execute(tx, text, parameters));

  /** How many rows each table with something about a child holds. */
  const rowCounts = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const [service, name] of countedTables) {
      const [row] = await rows<{ count: number }>(service, `select count(*)::int as count from ${name}`);
      counts[`${service}.${name}`] = row?.count ?? 0;
    }
    return counts;
  };

  /** Until something is so that the workers bring about: they have their turn between two looks. */
  const becomesSo = (what: string, isSo: () => Promise<boolean>): Promise<void> =>
    until(what, isSo, { meanwhile: registry.network.workersTurn });

  return {
    registry,
    ask,
    answered,
    tryRegister,
    register,
    registered,
    preview,
    tryDecide,
    decide,
    resubmit,
    rows,
    change,
    rowCounts,
    until: becomesSo,
  };
};

export type Counter = ReturnType<typeof counterOf>;

/** Codes of findings, sorted. */
export const codesOf = (findings: readonly Told[]): string[] => findings.map(({ code }) => code).sort();
