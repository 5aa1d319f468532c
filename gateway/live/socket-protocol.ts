import type { IncomingMessage } from 'node:http';
import { GraphQLError, type GraphQLSchema, parse } from 'graphql';
import { CloseCode, makeServer, type Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { codedError } from '../coded-error.ts';
import { addressHeader } from '../http/address.ts';
import { type Caller, callerOf } from '../http/caller.ts';
import { newOperationId } from '../http/operation-id.ts';
import type { TransportParts } from './http-streams.ts';
import { payloadOf } from './payload.ts';
import { createPlaces } from './places.ts';
import type { Subscriber, Update } from './subscriber.ts';
import { atEndOf } from './token-end.ts';

/** One socket: whose it is, once that is said. */
export type Connection = {
  socket: WebSocket;
  request: IncomingMessage;
  /** It has answered since it was last asked. */
  isAlive: boolean;
  refusals: number;
  caller?: Caller;
  /** Gives back what the caller holds by it. */
  leave(): void;
};

export type Extra = { connection: Connection };

const transport = 'websocket';
/** Who has not said who they are by then is closed (milliseconds). */
const initialWait = 3_000;
/** Refused subscriptions after which a socket is closed. */
const mostRefusals = 100;
/** After the end of the token there is time for its streams to say so (milliseconds). */
const lastWords = 1_000;

/** The library wants a document; which one is subscribed to the subscriber knows. */
const anyDocument = parse('subscription { live }');

const textsOf = (params: Readonly<Record<string, unknown>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );

/**
 * The graphql-transport-ws protocol: `connection_init` carries what headers carry elsewhere (authorization, x-purpose,
 * x-grant); what is refused, and how, is as on every transport.
 */
export const createProtocol = (parts: TransportParts & { schema: GraphQLSchema }): Server<Extra> => {
  const { live, places, tokens, rates, metrics, config, schema } = parts;
  const sockets = createPlaces(config.MAX_SOCKETS_PER_CALLER);

  const admit = async (connection: Connection, params: Record<string, unknown> | undefined) => {
    const { request, socket } = connection;
    const { actor, forwarded } = await callerOf(tokens, { headers: textsOf(params) }, newOperationId());
    if (actor === null) return;
    const leave = sockets.take(actor.subject);
    if (!leave) return socket.close(CloseCode.TooManyInitialisationRequests, 'Too many sockets are open');
    const timer = atEndOf(
      forwarded.authorization,
      () => socket.close(CloseCode.Forbidden, 'The token has expired'),
      lastWords,
    );
    connection.leave = () => {
      clearTimeout(timer);
      leave();
    };
    if (socket.readyState !== socket.OPEN) connection.leave();
    connection.caller = {
      actor,
      forwarded: { ...forwarded, ...addressHeader(request, config.TRUSTED_PROXIES) },
    };
  };

  const refused = (connection: Connection): GraphQLError => {
    if (++connection.refusals >= mostRefusals)
      connection.socket.close(CloseCode.TooManyInitialisationRequests, 'Too many subscriptions');
    return codedError('RATE_LIMITED', '同时打开的订阅过多。 Too many live streams are open.');
  };

  const open = async (connection: Connection, payload: object): Promise<Subscriber> => {
    const { caller } = connection;
    const leave = caller?.actor ? places.take(caller.actor.subject) : undefined;
    if (!caller || !leave) throw refused(connection);
    try {
      rates.admit(await tokens.actorFrom(caller.forwarded.authorization), connection.request);
      const subscriber = await live.open(caller, payload);
      metrics.streams.inc({ transport });
      void subscriber.over.then(() => {
        metrics.streams.dec({ transport });
        leave();
      });
      return subscriber;
    } catch (error) {
      leave();
      throw error;
    }
  };

  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: initialWait,
    onConnect: async ({ extra: { connection }, connectionParams }) => {
      await admit(connection, connectionParams).catch(() => undefined);
      if (!connection.caller) connection.socket.close(CloseCode.Unauthorized, 'Unauthorized');
      return connection.caller !== undefined;
    },
    onSubscribe: async ({ extra: { connection } }, _, payload) => {
      try {
        return { schema, document: anyDocument, contextValue: await open(connection, payload) };
      } catch (error) {
        return (live.failed(error).errors ?? []).map(
          ({ message, extensions }) => new GraphQLError(message, { extensions }),
        );
      }
    },
    subscribe: ({ contextValue }) => contextValue as AsyncGenerator<never>,
    onNext: (_context, _id, _payload, _args, update) => {
      metrics.live.updates.inc({ transport });
      return payloadOf(update as unknown as Update) as never;
    },
  });
};
