import { once } from 'node:events';
import { connect } from 'node:net';
import { CloseCode, MessageType } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { LiveTime } from '#gateway/live/view.ts';
import { startNetwork, type TestNetwork } from '../support/network.ts';
import { subscribe } from './support/clients.ts';

/** Nothing is waited for, so that a hostile reader is met at once. */
const time: LiveTime = { wait: () => new Promise((resolve) => setImmediate(resolve)) };

let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork(
    {
      MAX_STREAMS_PER_CALLER: '3',
      MAX_SOCKETS_PER_CALLER: '2',
      MAX_BODY_BYTES: '10000',
      STREAM_HEARTBEAT_MS: '100',
      STREAM_DRAIN_MS: '100',
      ALLOWED_ORIGINS: 'https://desk.example',
      RATE_PER_CALLER: '0',
      RATE_PER_UNIT: '0',
    },
    { time },
  );
  network.cases.set('case', { state: 'IN_PROGRESS', step: 0 });
});
afterAll(() => network.stop());

const protocol = 'graphql-transport-ws';
const query = 'subscription ($id: ID!) { transferUpdated(transfer: $id) { step } }';

const socketTo = (path = '/graphql/stream', headers: Record<string, string> = {}, protocols = protocol) =>
  new WebSocket(`${network.gateway.url.replace('http', 'ws')}${path}`, protocols, { headers });

const send = (socket: WebSocket, message: unknown) => socket.send(JSON.stringify(message));

type Message = { type: MessageType; id?: string; payload?: { extensions?: { code: string } }[] };

/** The code with which a socket ends. */
const closed = (socket: WebSocket): Promise<number> => {
  socket.on('error', () => undefined);
  return new Promise((resolve) => socket.once('close', resolve));
};

/** A socket of somebody signed in. */
const opened = async (sub: string): Promise<WebSocket> => {
  const socket = socketTo();
  await once(socket, 'open');
  send(socket, { type: 'connection_init', payload: { authorization: await network.bearer({ sub }) } });
  const [ack] = await once(socket, 'message');
  expect(JSON.parse(String(ack)).type).toBe(MessageType.ConnectionAck);
  return socket;
};

const subscription = (id: string) => ({
  id,
  type: 'subscribe',
  payload: { query, variables: { id: 'case' } },
});

test.each([
  ['of another site', '/graphql', { origin: 'https://evil.example' }, 403],
  ['at an address where none is', '/graphiql', {}, 404],
])('a socket %s is refused before it is one', async (_, path, headers, status) => {
  const socket = socketTo(path, headers);
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  expect(response.statusCode).toBe(status);
});

test('pages of an allowed origin may open sockets, at both addresses', async () => {
  for (const path of ['/graphql', '/graphql/stream']) {
    const socket = socketTo(path, { origin: 'https://desk.example' });
    await once(socket, 'open');
    socket.terminate();
  }
});

test('who speaks another protocol, says nothing, or has no valid token is closed', async () => {
  const other = socketTo('/graphql', {}, 'graphql-ws');
  const silent = socketTo();
  const codes = [closed(other), closed(silent)];
  for (const payload of [undefined, { authorization: 'Bearer x' }]) {
    const socket = socketTo();
    await once(socket, 'open');
    send(socket, { type: 'connection_init', payload });
    codes.push(closed(socket));
  }
  const hasty = socketTo();
  await once(hasty, 'open');
  send(hasty, subscription('1'));
  codes.push(closed(hasty));
  expect((await Promise.all(codes)).slice(1)).toEqual([
    CloseCode.ConnectionInitialisationTimeout,
    CloseCode.Unauthorized,
    CloseCode.Unauthorized,
    CloseCode.Unauthorized,
  ]);
});

test('a caller has so many sockets, and a place is free again when one is closed', async () => {
  const sockets = [await opened('many'), await opened('many')];
  const third = socketTo();
  await once(third, 'open');
  send(third, { type: 'connection_init', payload: { authorization: await network.bearer({ sub: 'many' }) } });
  expect(await closed(third)).toBe(CloseCode.TooManyInitialisationRequests);
  sockets[0]?.close();
  await closed(sockets[0] as WebSocket);
  sockets.push(await opened('many'));
  for (const socket of sockets) socket.terminate();
});

test('of a thousand subscriptions on one socket so many are let in, and then it is closed', async () => {
  const socket = await opened('greedy');
  const errors: (string | undefined)[] = [];
  socket.on('message', (data) => {
    const message: Message = JSON.parse(String(data));
    if (message.type === MessageType.Error) errors.push(message.payload?.[0]?.extensions?.code);
  });
  const end = closed(socket);
  for (let n = 0; n < 1_000; n++) send(socket, subscription(String(n)));
  expect(await end).toBe(CloseCode.TooManyInitialisationRequests);
  for (const code of errors) expect(code).toBe('RATE_LIMITED');
  expect(errors.length).toBeLessThan(200);
  const again = await opened('greedy');
  send(again, subscription('1'));
  const [first] = await once(again, 'message');
  expect(JSON.parse(String(first)).type).toBe(MessageType.Next);
  again.terminate();
});

test.each([
  ['larger than a request may be', 'x'.repeat(20_000), 1009],
  ['that is no message', 'hello', CloseCode.BadRequest],
])('a message %s closes the socket', async (_, text, code) => {
  const socket = await opened('sender');
  const end = closed(socket);
  socket.send(text);
  expect(await end).toBe(code);
});

test('who does not answer heartbeats is dropped', async () => {
  const socket = await opened('dead');
  const dropped = closed(socket);
  socket.pong = () => undefined;
  Object.assign(socket, { _autoPong: false });
  expect(await dropped).toBe(1006);
});

const aliases = Array.from({ length: 25 }, (_, at) => `a${at}: id`).join(' ');
const large = `subscription ($id: ID!) { transferUpdated(transfer: $id) { ${aliases} step } }`;

const metric = async (name: string): Promise<number> => {
  const text = await (await fetch(`${network.gateway.url}/metrics`)).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.split(' ')[1] ?? 0,
  );
};

test('who takes nothing is sent the newest only, and cut off in the end', async () => {
  const { hostname, port } = new URL(network.gateway.url);
  const id = 'x'.repeat(8_000);
  network.cases.set(id, { state: 'IN_PROGRESS', step: 0 });
  const body = JSON.stringify({ query: large, variables: { id } });
  const socket = connect(Number(port), hostname).pause();
  const head = {
    ...{ host: 'x', accept: 'text/event-stream', 'content-type': 'application/json' },
    ...{ authorization: await network.bearer({ sub: 'lazy' }), 'content-length': String(body.length) },
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /graphql/stream HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  const dropped = 'gateway_streams_dropped_total{transport="sse"}';
  while ((await metric(dropped)) === 0) network.bus.tell('transfer', `transfer:${id}`);
  expect(await metric('gateway_live_coalesced_total')).toBeGreaterThan(0);
  expect(await metric('gateway_streams{transport="sse"}')).toBe(0);
  socket.destroy();
});

test('who reads hears a heartbeat while nothing happens', async () => {
  const response = await fetch(`${network.gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      ...{ accept: 'text/event-stream', 'content-type': 'application/json' },
      authorization: await network.bearer({ sub: 'quiet' }),
    },
    body: JSON.stringify({ query, variables: { id: 'case' } }),
  });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.split(':\n\n').length > 3) break;
  }
  expect(text.match(/event: next/g)).toHaveLength(1);
});

test('who leaves, and whose stream comes to its end, is not counted as dropped', async () => {
  const before = await metric('gateway_streams_dropped_total{transport="sse"}');
  network.cases.set('ended', { state: 'HANDED_OVER', step: 0 });
  const bearer = await network.bearer({ sub: 'leaving' });
  for (const id of ['case', 'ended']) {
    const stream = subscribe('sse', { url: network.gateway.url, bearer, body: { query, variables: { id } } });
    await stream.next();
    await stream.return(undefined);
  }
  while ((await metric('gateway_streams{transport="sse"}')) > 0) await new Promise(setImmediate);
  const lived = performance.now() + 200;
  while (performance.now() < lived) await metric('gateway_streams');
  expect(await metric('gateway_streams_dropped_total{transport="sse"}')).toBe(before);
});
