import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  execute,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isScalarType,
  parse,
} from 'graphql';
import { readSubgraphs } from '#deploy/generate/subgraphs.ts';
import { wholeAnswerHeader } from '#libs/platform/subgraph/whole-answer.ts';

/** Lengths of the lists that the questions read; all others have one item. */
const lengths: Readonly<Record<string, number>> = { members: 50, rows: 32, keys: 2 };

const scalars: Readonly<Record<string, unknown>> = {
  Int: 3,
  Float: 0.5,
  Boolean: true,
  Date: '2026-09-01',
  DateTime: '2026-09-01T08:00:00+08:00',
  Month: '2026-09',
  SchoolYear: 2026,
};

/** An id of its own for what stands at each place of an answer. */
const idAt = (parent: unknown, field: string, index: number): string => {
  const digits = createHash('sha256').update(`${parent} ${field} ${index}`).digest('hex').slice(0, 12);
  return `01890a5d-ac96-774b-bcce-${digits}`;
};

type Place = { parent: unknown; field: string; index: number };

const sampleOf = (schema: GraphQLSchema, type: GraphQLOutputType, place: Place): unknown => {
  const { parent, field, index } = place;
  if (isNonNullType(type)) return sampleOf(schema, type.ofType, place);
  if (isListType(type)) {
    return Array.from({ length: lengths[field] ?? 1 }, (_, at) =>
      sampleOf(schema, type.ofType, { ...place, index: at }),
    );
  }
  if (isEnumType(type)) return type.getValues()[0]?.name;
  const id = idAt(parent, field, index);
  if (isScalarType(type)) return type.name === 'ID' ? id : (scalars[type.name] ?? `${field} 示例`);
  const [concrete] = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return { __typename: concrete?.name, id };
};

const resolver: GraphQLFieldResolver<Record<string, unknown> | undefined, unknown> = (
  source,
  _args,
  _context,
  { fieldName, returnType, schema },
) => source?.[fieldName] ?? sampleOf(schema, returnType, { parent: source?.id, field: fieldName, index: 0 });

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const schemas = new Map(
  (await readSubgraphs(new URL('../../', import.meta.url))).map(({ name, sdl }) => [
    `/${name}/graphql`,
    buildSubgraphSchema([{ typeDefs: parse(sdl) }]),
  ]),
);

/** Answers by address and body: made once, then only sent. */
const canned = new Map<string, string>();

const answerTo = async (path: string, body: string): Promise<string> => {
  const schema = schemas.get(path);
  if (!schema) throw new Error(`no subgraph at ${path}`);
  const { query, variables } = JSON.parse(body);
  const answer = await execute({
    schema,
    document: parse(query),
    variableValues: variables,
    fieldResolver: resolver,
    typeResolver: (value) => (value as { __typename: string }).__typename,
  });
  if (answer.errors) throw new Error(`the sample of ${path} fails: ${answer.errors[0]?.message}`);
  return `${JSON.stringify(answer)}\n`;
};

/**
 * Every subgraph of the graph at one port, in a process of its own, with samples in place of databases. What is sent
 * to /learn (`{ body, answer }`) is what /whole answers from then on: for a gateway that only passes on.
 */
const server = createServer((request, response) => {
  void (async () => {
    const path = request.url ?? '/';
    const body = await textOf(request);
    if (path === '/learn') {
      const learned = JSON.parse(body);
      canned.set(`/whole ${learned.body}`, learned.answer);
      response.end();
      return;
    }
    const key = `${path} ${body}`;
    const answer = canned.get(key) ?? (await answerTo(path, body));
    canned.set(key, answer);
    response.setHeader('content-type', 'application/json');
    // What is canned here is without errors, as a service would say of it.
    response.setHeader(wholeAnswerHeader, '1');
    response.end(answer);
  })().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.writeHead(500).end();
  });
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit(0));
