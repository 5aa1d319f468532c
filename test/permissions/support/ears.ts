import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { createLog, type Log } from '#libs/platform/log/log.ts';
import { testServers } from '#test/support/database.ts';

/** Logs of every service at their most talkative, kept as lines. */
export const listenToLogs = (): { lines: string[]; log(service: string): Log } => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  return { lines, log: (service) => createLog({ service, level: 'debug', destination }) };
};

/** Everything that passes over the broker, requests and their answers included, and what its streams keep. */
export const listenToBroker = async (prefix: string) => {
  const { nats } = testServers();
  const connection = await connect({ servers: nats.url, user: nats.user, pass: nats.password });
  const heard: string[] = [];
  const subscription = connection.subscribe('>', {
    callback: (_error, message) => {
      heard.push(`${message.subject} ${message.headers?.toString() ?? ''} ${message.string()}`);
    },
  });
  await connection.flush();
  return {
    heard,
    /** Subjects and messages of the streams of this network. */
    kept: async (): Promise<string[]> => {
      const manager = await jetstreamManager(connection);
      const all: string[] = [];
      for await (const stream of manager.streams.list()) {
        const { name, subjects } = stream.config;
        if (!subjects?.some((subject) => subject.startsWith(`${prefix}.`))) continue;
        all.push(`${name} ${subjects.join(' ')}`);
        for (let seq = stream.state.first_seq; seq > 0 && seq <= stream.state.last_seq; seq++) {
          const message = await manager.streams.getMessage(name, { seq });
          if (message) all.push(`${message.subject} ${new TextDecoder().decode(message.data)}`);
        }
      }
      return all;
    },
    stop: async () => {
      subscription.unsubscribe();
      await connection.close();
    },
  };
};
