import type { NatsConnection } from '@nats-io/transport-node';

/** What was under way when the connection was lost: its answer will never come. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';

  constructor() {
    super('The connection to the broker was lost');
    this.name = 'ConnectionLost';
  }
}

/** Ends what waits for an answer as soon as the connection is lost, or at once while it is, not after its own timeout. */
export type ConnectionLoss = {
  /** As `work`; rejects with ConnectionLost when the connection is lost before. */
  orLost<T>(work: Promise<T>): Promise<T>;
  /** Calls back each time the connection is there again; the function that is returned ends it. */
  onReconnect(again: () => void): () => void;
};

/** Watches a connection for as long as it lives. */
export const watchConnection = (connection: NatsConnection): ConnectionLoss => {
  const waiting = new Set<() => void>();
  const listeners = new Set<() => void>();
  let lost = false;
  const watch = async (): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        lost = true;
        for (const giveUp of [...waiting]) giveUp();
      }
      if (type === 'reconnect') {
        lost = false;
        for (const again of listeners) again();
      }
    }
  };
  void watch();
  return {
    orLost: async (work) => {
      const { promise, reject } = Promise.withResolvers<never>();
      const giveUp = () => reject(new ConnectionLost());
      waiting.add(giveUp);
      if (lost) giveUp();
      try {
        return await Promise.race([work, promise]);
      } finally {
        waiting.delete(giveUp);
        work.catch(() => undefined);
      }
    },
    onReconnect: (again) => {
      listeners.add(again);
      return () => void listeners.delete(again);
    },
  };
};
