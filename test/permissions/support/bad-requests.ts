import { randomUUID } from 'node:crypto';
import { child, form } from './typed-child.ts';

/** A request that must be refused or find nothing, full of a child's values; `who` is a demo identity or nobody. */
export type BadRequest = {
  query: string;
  variables: unknown;
  who: string | null;
  headers: Record<string, string>;
};

const register = `mutation ($input: RegisterStudentInput!) { registerStudent(input: $input) {
  enrollment { id } findings { code message remedy path } } }`;

/** Registers a child over HTTP as a clerk would, for a fault that the test causes. */
export const registration = (school: string, changes: Record<string, unknown>): BadRequest => ({
  query: register,
  variables: { input: { idempotencyKey: randomUUID(), school, form: form(changes) } },
  who: 'registrar',
  headers: {},
});

/** Wrong types, wrong ids, wrong cursors, control characters and headers, each holding what must not come back. */
export const badRequests = (school: string, number: string): BadRequest[] => {
  const all: BadRequest[] = [];
  const bad = (
    query: string,
    variables: unknown = {},
    who: string | null = 'registrar',
    headers: Record<string, string> = {},
  ) => all.push({ query, variables, who, headers });
  const { idDocumentNumber: id, name } = child;
  const input = { idempotencyKey: randomUUID(), school, form: form() };
  bad(`{ student(id: "${id}") { name } }`);
  bad(`{ studentByNumber(number: "${number}${id}${number}") { name } }`);
  bad(`{ studentByNumber(number: "${number}") { name } }`, {}, 'beiguan');
  bad(`{ studentByNumber(number: ${id}) { name } }`);
  bad(`{ student(id: "${id}") { name(full: "${name}") nothing } }`);
  bad(`{ enrollments(filter: { schoolClass: "${id}" }) { edges { cursor } } }`);
  bad(`{ enrollments(filter: { school: "${id}", stage: "${name}" }) { edges { cursor } } }`);
  bad(`{ enrollments(first: ${id}) { edges { cursor } } }`);
  bad(
    `{ importJob(id: "${id}") { id } schoolClass(id: "${name}") { id } importJobs(school: "${name}") { id } }`,
  );
  bad(
    `{ enrollmentStatistics(scope: "${id}", by: []) { total } orgUnit(code: "${id}") { name } school(id: "${name}") { id } }`,
  );
  bad(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Student { name enrollment { id } } ... on Enrollment { version } } }`,
    {
      r: [
        { __typename: 'Student', id },
        { __typename: 'Enrollment', id },
        { __typename: name, id },
      ],
    },
  );
  bad(
    `query ($a: String) { enrollments(after: $a) { edges { cursor } } problemRecords(after: $a) { edges { cursor } } }`,
    {
      a: Buffer.from(JSON.stringify([id, name])).toString('base64url'),
    },
  );
  bad(register, { input: { ...input, form: form({ gender: name, isBoarder: id }) } });
  bad(register, { input: { ...input, form: form({ guardians: id, birthDate: id }) } });
  bad(register, {
    input: { ...input, form: form({ name: `${name}\u0000`, idDocumentNumber: `${id}9` }) },
  });
  bad(register, { input: { ...input, form: form({ name: `${name}\ud800` }) } });
  bad(register, { input: { ...input, school: '2114000004' } });
  bad(register, { input: { ...input, entryYear: Number(id) } });
  bad(register, { input: { ...input, form: form({ gradeName: name, politicalStatus: id }) } });
  bad(register, { input: id });
  bad(register, {
    input: { ...input, idempotencyKey: 'one', form: form({ birthDate: '2019-12-05' }) },
  });
  bad(register, { input: { ...input, idempotencyKey: `\u0000${randomUUID()}` } });
  bad(
    `mutation ($input: ResubmitRegistrationInput!) { resubmitRegistration(input: $input) { findings { code } } }`,
    {
      input: { idempotencyKey: randomUUID(), enrollment: id, expectedVersion: 1, note: `${name}\u0000` },
    },
  );
  bad(`mutation ($input: LinkGuardianInput!) { linkGuardian(input: $input) { findings { code } } }`, {
    input: { idempotencyKey: randomUUID(), student: id, subject: name, position: 9, basis: name },
  });
  bad(`query A${number} { viewer { name } student(id: "${randomUUID()}") { id } }`, {}, 'registrar', {
    'x-purpose': encodeURIComponent(`查 ${id} 的 ${child.phone}`),
  });
  bad(`{ enrollments { edges { node { student { name } } } } }`, {}, 'registrar', {
    'x-purpose': '%00%E0%A4%A',
  });
  bad(`{ viewer { name } }`, {}, 'registrar', { authorization: `Bearer ${id}` });
  bad(`{ viewer { name } }`, {}, null, {
    'x-operation-id': id,
    'x-purpose': encodeURIComponent(name),
  });
  return all;
};

/** Bodies that are no request at all. */
export const badBodies = ({ idDocumentNumber: id, name } = child): string[] => [
  `{"query": "${name}"`,
  `"${id}"`,
  `[{"query":"{ student(id: \\"${id}\\") { id } }"}]`,
  `{"query": ${id}}`,
];
