import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { wholeAnswerHeader } from '#libs/platform/subgraph/whole-answer.ts';

/** What a subgraph was asked. */
export type Call = { query: string; variables: Record<string, unknown>; headers: IncomingHttpHeaders };

export type TestSubgraph = {
  name: string;
  sdl: string;
  url: string;
  calls: Call[];
  /** Answers once in place of the schema, where set: bodies of any kind, or nothing at all. */
  answerWith: ((call: Call) => Promise<string> | string) | undefined;
  stop(): Promise<void>;
  /** Listens again at the same address. */
  restart(): Promise<void>;
};

const readAll = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** A real subgraph over HTTP at a port of its own, which remembers what it was asked. */
export const startSubgraph = async (
  name: string,
  sdl: string,
  resolvers: GraphQLResolverMap<unknown>,
): Promise<TestSubgraph> => {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]);
  const calls: Call[] = [];
  const sockets = new Set<Socket>();
  const subgraph: TestSubgraph = {
    name,
    sdl,
    url: '',
    calls,
    answerWith: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
    restart: () => listen(server, Number(new URL(subgraph.url).port)),
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { query, variables = {} } = JSON.parse(await readAll(request));
      const call = { query, variables, headers: request.headers };
      calls.push(call);
      response.setHeader('content-type', 'application/json');
      if (subgraph.answerWith) response.end(await subgraph.answerWith(call));
      else {
        const answer = await graphql({ schema, source: query, variableValues: variables });
        if (answer.data && !answer.errors) response.setHeader(wholeAnswerHeader, '1');
        response.end(`${JSON.stringify(answer)}\n`);
      }
    })().catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, 0);
  subgraph.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return subgraph;
};

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
