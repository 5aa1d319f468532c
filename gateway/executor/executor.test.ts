import type { GraphQLDataSource } from '@apollo/gateway';
import { buildSchema, parse } from 'graphql';
import { silentLog } from '#libs/platform/log/log.ts';
import { createExecutor } from './executor.ts';
import type { Operation, QueryPlan } from './plan.ts';

const schema = buildSchema(`
  type Query { student(id: ID!): Student }
  type Student { id: ID! name: String! friend: Student }
`);

const planOf = (operation: string): QueryPlan => ({
  kind: 'QueryPlan',
  node: {
    kind: 'Fetch',
    serviceName: 'people',
    operation,
    operationName: undefined,
    operationKind: 'query' as never,
    variableUsages: ['id'],
  },
});

/** An executor over one subgraph, with all that was planned, left to stock and sent. */
const situation = (answer: () => unknown = () => ({ data: { student: { id: '1', name: 'N' } } })) => {
  const seen = { planned: 0, stock: 0, sent: 0 };
  const executor = createExecutor({
    schemas: { api: schema, supergraph: schema },
    plan: async () => {
      seen.planned++;
      return planOf('query($id:ID!){student(id:$id){id name}}');
    },
    stock: async () => {
      seen.stock++;
      return { data: { by: 'stock' } };
    },
    log: silentLog,
  });
  const people: GraphQLDataSource = {
    process: async () => {
      seen.sent++;
      return answer() as never;
    },
  };
  const sources = new Map([['people', people]]);
  const ask = (text: string, variables: Record<string, unknown> = { id: '1' }, document = parse(text)) =>
    executor.execute(
      { request: { query: text, variables }, document, queryHash: text, schema, context: {} } as Operation,
      sources,
    );
  return { seen, ask, executor };
};

const record = 'query ($id: ID!) { student(id: $id) { id name } }';

test('a document is planned once, also for callers who come while it is being planned', async () => {
  const { ask, seen } = situation();
  const document = parse(record);
  const answers = await Promise.all([1, 2, 3].map(() => ask(record, { id: '1' }, document)));
  await ask(record, { id: '2' }, document);
  expect(answers[2]).toEqual({ data: { student: { id: '1', name: 'N' } } });
  expect(seen).toEqual({ planned: 1, stock: 0, sent: 4 });
});

test('what was prepared is not planned when it is asked, in whichever document object it arrives', async () => {
  const { ask, seen, executor } = situation();
  const operation = { request: { query: record, variables: {} }, document: parse(record), queryHash: record };
  expect(await executor.prepare(operation as Operation)).toBe(true);
  expect(seen.sent).toBe(0);
  await ask(record);
  await ask(record);
  expect(seen).toEqual({ planned: 1, stock: 0, sent: 2 });
});

test.each([
  ['a key that every object has', 'query ($id: ID!) { toString: student(id: $id) { id } }'],
  [
    'an alias that looks like the name of a type',
    'query ($id: ID!) { student(id: $id) { __typename: name } }',
  ],
  ['introspection', '{ __type(name: "Student") { name } }'],
])('%s is left to the stock executor before anything is sent', async (_, text) => {
  const { ask, seen } = situation();
  expect(await ask(text)).toEqual({ data: { by: 'stock' } });
  expect(seen).toEqual({ planned: 1, stock: 1, sent: 0 });
});

test('a condition without a value is left to the stock executor, with one it is not', async () => {
  const { ask, seen } = situation();
  const text = 'query ($id: ID!, $brief: Boolean = null) { student(id: $id) { id name @skip(if: $brief) } }';
  await ask(text, { id: '1', brief: null });
  expect(seen).toMatchObject({ stock: 1, sent: 0 });
  expect(await ask(text, { id: '1', brief: true })).toEqual({ data: { student: { id: '1' } } });
  expect(seen).toMatchObject({ stock: 1, sent: 1 });
});

test('a subgraph that fails is asked once, and nobody is asked in its place', async () => {
  const { ask, seen } = situation(() => {
    throw new Error('refused');
  });
  const { data, errors } = await ask(record);
  expect(data).toEqual({ student: null });
  expect(errors).toHaveLength(1);
  expect(seen).toEqual({ planned: 1, stock: 0, sent: 1 });
});

test('variables that do not fit are told, and nothing is sent', async () => {
  const { ask, seen } = situation();
  const { data, errors } = await ask(record, {});
  expect(data).toBeUndefined();
  expect(errors?.map(({ message }) => message)).toEqual([expect.stringContaining('$id')]);
  expect(seen.sent).toBe(0);
});
