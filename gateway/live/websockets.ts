import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import { CloseCode, handleProtocols } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { TransportParts } from './http-streams.ts';
import { type Connection, createProtocol } from './socket-protocol.ts';

export type WebSockets = {
  /** Takes a connection over from HTTP, or refuses it. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket: clients connect again, to another gateway, and go on from their position. */
  close(): void;
};

/** Sockets at the same time that have not said whose they are. */
const mostNameless = 2_000;
/** Bytes that may wait for somebody who sends but does not read. */
const mostBuffered = 1_000_000;
/** Code of RFC 6455's registry: the server restarts, come back. */
const restarting = 1012;
/** Who does not take leave by then is cut off (milliseconds). */
const leaveTaking = 1_000;

/** Answers an upgrade with a status of HTTP. */
export const refuse = (socket: Duplex, status: string): void => {
  socket.on('error', () => undefined);
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
};

/** Subscriptions over WebSocket: many to a socket. Pages of other sites, and who does not say who they are, are kept out. */
export const createWebSockets = (parts: TransportParts & { schema: GraphQLSchema }): WebSockets => {
  const { config, metrics } = parts;
  const protocol = createProtocol(parts);
  const connections = new Set<Connection>();
  const origins = new Set([new URL(config.PUBLIC_URL).origin, ...config.ALLOWED_ORIGINS]);
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: config.MAX_BODY_BYTES,
    perMessageDeflate: false,
    handleProtocols,
  });

  const drop = ({ socket }: Connection): void => {
    metrics.live.dropped.inc({ transport: 'websocket' });
    socket.terminate();
  };

  const take = (connection: Connection): void => {
    const { socket } = connection;
    connections.add(connection);
    const isReading = (): boolean => {
      if (socket.bufferedAmount <= mostBuffered) return true;
      drop(connection);
      return false;
    };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) =>
          new Promise((resolve) => {
            if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
            else resolve();
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (read) =>
          socket.on('message', (data) => {
            if (!isReading()) return;
            read(String(data)).catch(() => socket.close(CloseCode.BadRequest, 'Bad message'));
          }),
      },
      { connection },
    );
    socket.on('error', () => undefined);
    socket.on('ping', isReading);
    socket.on('pong', () => {
      connection.isAlive = true;
    });
    socket.once('close', (code, reason) => {
      connections.delete(connection);
      connection.leave();
      void closed(code, String(reason));
    });
  };

  const heart = setInterval(() => {
    for (const connection of connections) {
      if (!connection.isAlive) drop(connection);
      connection.isAlive = false;
      if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
    }
  }, config.STREAM_HEARTBEAT_MS).unref();

  const isCrowded = (): boolean =>
    connections.size >= mostNameless &&
    [...connections].filter(({ caller }) => !caller).length >= mostNameless;

  return {
    upgrade: (request, socket, head) => {
      const { origin } = request.headers;
      if (origin !== undefined && !origins.has(origin)) return refuse(socket, '403 Forbidden');
      if (isCrowded()) return refuse(socket, '503 Service Unavailable');
      server.handleUpgrade(request, socket, head, (websocket: WebSocket) =>
        take({ socket: websocket, request, isAlive: true, refusals: 0, leave: () => undefined }),
      );
    },
    close: () => {
      clearInterval(heart);
      for (const { socket } of connections) {
        socket.close(restarting, 'The gateway ends');
        setTimeout(() => socket.terminate(), leaveTaking).unref();
      }
    },
  };
};
