import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '#libs/platform/log/log.ts';
import { framesOf } from '#libs/platform/log/loggable.ts';
import { serving } from '#libs/platform/telemetry/http.ts';
import { newOperationId } from './operation-id.ts';
import { notFound, refusalOf, refuse, wrongMethod } from './refusal.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** Answers one request, or throws: a Refusal or an AppError for the caller, anything else is a fault. */
export type Answer = (
  request: IncomingMessage,
  response: ServerResponse,
  operationId: string,
) => Promise<void>;

/** Takes a connection over from HTTP, or refuses it. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** A path, the methods that it knows ('*': it looks itself), and what answers there. */
export type Route = { matches(path: string): boolean; method: string; answer: Answer };

export type Listening = { url: string; port: number; close(): Promise<void> };

type Options = {
  host: string;
  port: number;
  publicUrl: string;
  routes: readonly Route[];
  /** Takes over connections that become something else than HTTP. */
  upgrade: Upgrade;
  /** So many milliseconds after `close` what is still in flight is broken off. */
  grace: number;
  log: Log;
};

const longestHeaders = 10_000;
/** An upload of the largest size over a slow line still arrives within this time. */
const longestRequest = 30 * 60_000;

/** The gateway's HTTP server: routes, security headers, refusals; closes when nothing is in flight. */
export const listen = async ({
  host,
  port,
  publicUrl,
  routes,
  upgrade,
  grace,
  log,
}: Options): Promise<Listening> => {
  const handle = async (
    request: IncomingMessage,
    response: ServerResponse,
    operationId: string,
  ): Promise<void> => {
    const path = pathOf(request);
    const route = routes.find((candidate) => candidate.matches(path));
    if (!route) throw notFound();
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    if (route.method !== '*' && route.method !== method) throw wrongMethod(route.method);
    await route.answer(request, response, operationId);
  };

  let closing = false;
  const server: Server = createServer((request, response) => {
    const operationId = newOperationId();
    setSecurityHeaders(response, publicUrl);
    response.setHeader('x-operation-id', operationId);
    response.once('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    serving(request, response, () => handle(request, response, operationId)).catch((error: unknown) => {
      const refusal = refusalOf(error);
      if (refusal.status === 500) {
        log.error({ correlationId: operationId, frames: framesOf(error) }, 'request failed');
      }
      refuse(response, refusal, operationId);
    });
  });
  server.on('upgrade', upgrade);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.headersTimeout = longestHeaders;
  server.requestTimeout = longestRequest;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve, reject) => {
        closing = true;
        const patience = setTimeout(() => server.closeAllConnections(), grace).unref();
        server.close((error) => {
          clearTimeout(patience);
          if (error) reject(error);
          else resolve();
        });
        server.closeIdleConnections();
        // A connection on which nothing was said yet is not idle to the server.
        for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      }),
  };
};

const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?')[0] ?? '/';
