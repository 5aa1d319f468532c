import { GraphQLError } from 'graphql';
import { startSubgraph, type TestSubgraph } from './subgraph.ts';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@external", "@requires", "@authenticated", "@requiresScopes", "@policy"])
  scalar Date
`;

const people = `${link}
  type Query {
    rule(id: ID!): Rule
    rules(first: Int = 10): [Rule!]!
    viewer: Viewer
    student(id: ID!): Student @authenticated
    students(first: Int = 10): [Student!] @authenticated
    tickets: [Ticket!] @authenticated
    parties: [Party!] @authenticated
    strict: Strict @authenticated
    fails(how: String!): String
    born(on: Date!): String
    importJob(id: ID!): ImportJob @authenticated
    transferCase(id: ID!): TransferCase @authenticated
  }
  type Mutation { rename(input: RenameInput!): RenamePayload! @authenticated }
  type Subscription {
    importProgress(job: ID!, after: String): ImportJob
    transferUpdated(transfer: ID!, after: String): TransferCase
  }
  type TransferCase { id: ID! state: TransferState! step: Int! student: Student secret: String @requiresScopes(scopes: [["admin"]]) }
  enum TransferState { IN_PROGRESS HANDED_OVER }
  input RenameInput { idempotencyKey: ID! name: String! born: Date }
  type RenamePayload { student: Student }
  type ImportJob { id: ID! state: ImportState! read: Int! secret: String @requiresScopes(scopes: [["admin"]]) }
  enum ImportState { READING DONE FAILED }
  type Rule { id: ID! title: String! sister: Rule sisters: [Rule!] }
  type Viewer { name: String! }
  type Student @key(fields: "id") {
    id: ID!
    name: String @authenticated
    number: String @requiresScopes(scopes: [["number", "assured"], ["admin"]])
    note: String @policy(policies: [["REGISTRAR"]])
    friend: Student
  }
  interface Ticket { id: ID! title: String secret: String about: Student }
  type Complaint implements Ticket {
    id: ID! title: String
    secret: String @requiresScopes(scopes: [["admin"]])
    about: Student
  }
  type Enquiry implements Ticket { id: ID! title: String secret: String about: Student }
  type Vault @requiresScopes(scopes: [["admin"]]) { content: String! }
  union Party = Student | Vault
  type Strict { must: String! @requiresScopes(scopes: [["admin"]]) open: String! }
`;

const places = `${link}
  type Query { school(id: ID!): School @authenticated }
  type School @key(fields: "id") { id: ID! name: String! head: String @requiresScopes(scopes: [["admin"]]) }
  type Student @key(fields: "id") {
    id: ID!
    number: String @external
    school: School @authenticated
    mark: String @requires(fields: "number") @requiresScopes(scopes: [["number", "assured"], ["admin"]])
  }
`;

const student = (id: string) => ({
  __typename: 'Student',
  id,
  name: `N${id}`,
  number: `G${id}`,
  note: `note ${id}`,
});
const rule = { id: 'ENR-08', title: 'approval', sister: { id: 'ENR-09', title: 'other' } };

/** A job of the import, which the tests move on. */
export type TestJob = { id: string; state: 'READING' | 'DONE' | 'FAILED'; read: number; secret: string };

export const newJob = (): TestJob => ({ id: 'job-1', state: 'READING', read: 0, secret: 'hidden' });

/** A case of transfer, which the tests move on. */
export type TestCase = { state: 'IN_PROGRESS' | 'HANDED_OVER'; step: number };

const peopleResolvers = (job: TestJob, cases: ReadonlyMap<string, TestCase>) => ({
  Query: {
    rule: () => rule,
    rules: (_: unknown, { first }: { first: number }) =>
      Array.from({ length: Math.min(first, 3) }, () => rule),
    viewer: () => ({ name: 'somebody' }),
    student: (_: unknown, { id }: { id: string }) =>
      id === 'none' ? null : { ...student(id), friend: student('f') },
    students: () => [student('1'), student('2')],
    tickets: () => [
      { __typename: 'Complaint', id: 'c', title: 'Complaint', secret: 'c-secret', about: student('3') },
      { __typename: 'Enquiry', id: 'e', title: 'Enquiry', secret: 'e-open', about: student('4') },
    ],
    parties: () => [student('5'), { __typename: 'Vault', content: 'gold' }],
    strict: () => ({ must: 'm', open: 'o' }),
    born: (_: unknown, { on }: { on: string }) => on,
    fails: (_: unknown, { how }: { how: string }) => {
      if (how === 'conflict') throw coded('VERSION_CONFLICT', 'changed', { currentVersion: 3, host: 'db-1' });
      if (how === 'odd') throw coded('SECRET_CODE', 'table people is broken');
      throw new Error('connection to 10.0.0.1 refused for 410503201001011234');
    },
    importJob: (_: unknown, { id }: { id: string }) => (id === job.id ? { ...job } : null),
    transferCase: (_: unknown, { id }: { id: string }) => {
      const found = cases.get(id);
      return found ? { ...found, id, secret: 'hidden', student: student('7') } : null;
    },
  },
  Mutation: { rename: () => ({ student: student('9') }) },
  Student: { __resolveReference: ({ id }: { id: string }) => student(id) },
});

const placesResolvers = {
  Query: { school: (_: unknown, { id }: { id: string }) => ({ id, name: `S${id}`, head: 'H' }) },
  School: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `S${id}`, head: 'H' }) },
  Student: {
    __resolveReference: (reference: { id: string }) => reference,
    school: ({ id }: { id: string }) => ({ id: `s${id}`, name: `Ss${id}`, head: 'H' }),
    mark: ({ number }: { number: string }) => `mark of ${number}`,
  },
};

const coded = (code: string, message: string, extensions: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...extensions } });

export type TestGraph = {
  people: TestSubgraph;
  places: TestSubgraph;
  job: TestJob;
  cases: Map<string, TestCase>;
};

/** Two small subgraphs that have every kind of guard: on fields, types, interfaces, unions and @requires. */
export const startGraph = async (): Promise<TestGraph> => {
  const job = newJob();
  const cases = new Map<string, TestCase>();
  const [one, other] = await Promise.all([
    startSubgraph('people', people, peopleResolvers(job, cases)),
    startSubgraph('places', places, placesResolvers),
  ]);
  return { people: one, places: other, job, cases };
};
