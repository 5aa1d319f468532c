import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a rogue was asked. */
export type RogueCall = { headers: IncomingHttpHeaders; query: string; variables: Record<string, unknown> };

export type Rogue = {
  url: string;
  calls: RogueCall[];
  /** How it behaves from now on. */
  behave: (response: ServerResponse, call: RogueCall) => void;
  stop(): Promise<void>;
};

const callOf = async (request: IncomingMessage): Promise<RogueCall> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { query, variables = {} } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  return { headers: request.headers, query, variables };
};

/** A server in the place of a subgraph that does what a test makes it do, down to the bytes; at a port of its own. */
export const startRogue = async (port = 0): Promise<Rogue> => {
  const calls: RogueCall[] = [];
  const server = createServer((request, response) => {
    callOf(request).then(
      (call) => {
        calls.push(call);
        rogue.behave(response, call);
      },
      () => response.destroy(),
    );
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const rogue: Rogue = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    calls,
    behave: (response) => response.destroy(),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return rogue;
};

/** Answers as a subgraph does. */
export const says =
  (answer: unknown, headers: Record<string, string> = {}): Rogue['behave'] =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };

/** Answers with a status and a page, as proxies do. */
export const page =
  (status: number, headers: Record<string, string> = {}): Rogue['behave'] =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'text/html', ...headers }).end('<html>secret</html>');

/** Takes the question and cuts the connection. */
export const hangsUp: Rogue['behave'] = (response) => void response.destroy();

/** Says nothing for as long as it is waited for. */
export const silent: Rogue['behave'] = () => undefined;

/** Begins an answer and never comes to its end. */
export const drips: Rogue['behave'] = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const drip = (): void => {
    if (response.writable) response.write(' ', () => setImmediate(drip));
  };
  drip();
};

/** Answers without end. */
export const floods: Rogue['behave'] = (response) => {
  const chunk = Buffer.alloc(1_000_000, ' ');
  response.writeHead(200, { 'content-type': 'application/json' });
  const flood = (): void => {
    if (response.writable) response.write(chunk, flood);
  };
  flood();
};

/** Writes these bytes to the connection, whatever they are, and ends it. */
export const writes =
  (bytes: string): Rogue['behave'] =>
  (response) =>
    void response.socket?.end(bytes);

/** The first behaviour once, then the other. */
export const first = (one: Rogue['behave'], then: Rogue['behave']): Rogue['behave'] => {
  let isFirst = true;
  return (response, call) => {
    const behave = isFirst ? one : then;
    isFirst = false;
    behave(response, call);
  };
};
