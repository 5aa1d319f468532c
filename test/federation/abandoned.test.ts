import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startNetwork, type TestNetwork } from './support/network.ts';

let network: TestNetwork;
let silent: Server;
let asked: PromiseWithResolvers<void>;
let left: PromiseWithResolvers<void>;

beforeAll(async () => {
  network = await startNetwork();
  silent = createServer((request, response) => {
    response.once('close', () => left.resolve());
    request.resume().once('end', () => asked.resolve());
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
});
afterAll(async () => {
  await network.stop();
  silent.close();
});

test('a caller who does not wait for the answer leaves no work behind at the services', async () => {
  [asked, left] = [Promise.withResolvers(), Promise.withResolvers()];
  const { port } = silent.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql`;
  const gateway = await network.another({ SUBGRAPH_URLS: JSON.stringify({ people: url, places: url }) });
  const caller = new AbortController();
  const answer = fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ rule(id: "x") { id } }' }),
    signal: caller.signal,
  });
  await asked.promise;
  caller.abort();
  await expect(answer).rejects.toThrow();
  await left.promise;
  const metrics = await (await fetch(`${gateway.url}/metrics`)).text();
  expect(metrics).not.toMatch(/outcome="unavailable"/);
});

test('what an answer did not wait for is ended with it', async () => {
  [asked, left] = [Promise.withResolvers(), Promise.withResolvers()];
  const { port } = silent.address() as AddressInfo;
  network.people.answerWith = async () => {
    await asked.promise;
    return JSON.stringify({ data: { students: 'no list' } });
  };
  const gateway = await network.another({
    SUBGRAPH_URLS: JSON.stringify({ people: network.people.url, places: `http://127.0.0.1:${port}/graphql` }),
  });
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: await network.bearer() },
    body: JSON.stringify({ query: '{ students { id school { name } } school(id: "7") { name } }' }),
  });
  expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
  await left.promise;
});
