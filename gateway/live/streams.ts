import type { Upgrade } from '../http/server.ts';
import { createHttpStreams, type HttpStreams, type TransportParts } from './http-streams.ts';
import { createLive, type LiveParts } from './live.ts';
import { createPlaces } from './places.ts';
import { createWebSockets, refuse } from './websockets.ts';

/** Subscriptions on every transport. */
export type Streams = Pick<HttpStreams, 'answer' | 'isAskedFor'> & {
  upgrade: Upgrade;
  /** Breaks off every stream: clients connect again, to another gateway, and go on from their position. */
  close(): Promise<void>;
};

const sockets = /^\/graphql(\/stream)?(\?|$)/;

/** One core behind three thin transports. */
export const createStreams = (parts: LiveParts & Pick<TransportParts, 'rates'>): Streams => {
  const live = createLive(parts);
  const places = createPlaces(parts.config.MAX_STREAMS_PER_CALLER);
  const overHttp = createHttpStreams({ ...parts, live, places });
  const overSockets = createWebSockets({ ...parts, live, places });
  return {
    answer: overHttp.answer,
    isAskedFor: overHttp.isAskedFor,
    upgrade: (request, socket, head) => {
      if (sockets.test(request.url ?? '')) overSockets.upgrade(request, socket, head);
      else refuse(socket, '404 Not Found');
    },
    close: async () => {
      overHttp.close();
      overSockets.close();
      await live.stop();
    },
  };
};
