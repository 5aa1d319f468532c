import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { Kind } from 'graphql';
import { serveSupergraph } from '#deploy/gateway/serve.ts';
import { clientDocuments } from '#deploy/generate/documents.ts';
import { subgraphNames } from '#gateway/compose.ts';
import { sampleVariables } from '#gateway/executor/samples.ts';
import { loadGraph, readSupergraph } from '#gateway/federation/graph.ts';
import type { RunningGateway } from '#gateway/start.ts';
import { silentLog } from '#libs/platform/log/log.ts';

let samples: ChildProcess;
let ours: RunningGateway;
const routers: { name: string; server: Server; url: string }[] = [];
let questions: { document: Awaited<ReturnType<typeof clientDocuments>>[number]; body: string }[];

/** The committed supergraph with the addresses of sample subgraphs, as somebody who runs another router would fill it in. */
const artifact = async (): Promise<string> => {
  samples = fork(new URL('../../deploy/bench/gateway-subgraphs.ts', import.meta.url), { silent: true });
  const [{ port }] = await once(samples, 'message');
  const supergraph = await readSupergraph();
  return subgraphNames(supergraph).reduce(
    (text, name) =>
      text.replace(`http://${name}.invalid/graphql`, `http://127.0.0.1:${port}/${name}/graphql`),
    supergraph,
  );
};

const startHive = async (name: string, supergraph: string, planner: object): Promise<void> => {
  const server = createServer(
    createGatewayRuntime({ supergraph, logging: false, maskedErrors: false, ...planner }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  routers.push({ name, server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
};

beforeAll(async () => {
  const supergraph = await artifact();
  const env = { MAX_COST: '1000000000' };
  ours = await serveSupergraph({ supergraph, port: 0, auth: false, env, log: silentLog });
  await startHive('Hive Gateway', supergraph, {});
  await startHive('Hive Gateway with the planner of Hive Router', supergraph, { unifiedGraphHandler });
  const { schema } = await loadGraph(supergraph, silentLog);
  const documents = await clientDocuments(new URL('../../', import.meta.url));
  questions = documents.flatMap((document) =>
    document.document.definitions.flatMap((node) => {
      if (node.kind !== Kind.OPERATION_DEFINITION || node.operation === 'subscription') return [];
      const variables = sampleVariables(schema, node);
      const operationName = node.name?.value;
      return [{ document, body: JSON.stringify({ query: document.text, variables, operationName }) }];
    }),
  );
});
afterAll(async () => {
  samples.disconnect();
  await ours.close();
  for (const { server } of routers) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

type Answer = { data?: unknown; errors?: { message: string }[] };

const asked = async (url: string, body: string): Promise<Answer> => {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json() as Promise<Answer>;
};

test('every document of the project is answered by this gateway', async () => {
  expect(questions.length).toBeGreaterThan(45);
  for (const { document, body } of questions) {
    const { errors } = await asked(ours.url, body);
    expect({ file: document.file, text: document.text, errors }).toEqual({
      file: document.file,
      text: document.text,
      errors: undefined,
    });
  }
});

test.each([0, 1])('and alike by the other routers over the same supergraph (%i)', async (at) => {
  const { url = '' } = routers[at] ?? {};
  for (const { document, body } of questions) {
    const [expected, theirs] = await Promise.all([asked(ours.url, body), asked(url, body)]);
    expect({ file: document.file, text: document.text, ...theirs }).toEqual({
      file: document.file,
      text: document.text,
      ...expected,
    });
  }
});
