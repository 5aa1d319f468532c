import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { watchConnection } from '#libs/platform/bus/connection-loss.ts';
import { ensureStream, mendStream, type StreamOptions } from '#libs/platform/bus/nats-stream.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { ownName, testServers } from '#test/support/database.ts';

/** What JetStream says when the files of a stream are damaged. */
const notStored = Object.assign(new Error('store failed'), { code: 10077 });

describe('a stream', () => {
  let connection: NatsConnection;
  let options: StreamOptions;

  beforeAll(async () => {
    const { url, user, password } = testServers().nats;
    connection = await connect({ servers: url, user, pass: password });
    const name = ownName('mending');
    options = {
      connection,
      loss: watchConnection(connection),
      client: jetstream(connection),
      manager: await jetstreamManager(connection),
      stream: name.replaceAll('.', '_').toUpperCase(),
      subjects: `${name}.event.source.>`,
      replicas: 1,
      log: silentLog,
    };
  });
  afterAll(async () => {
    await options.manager.streams.delete(await ensureStream(options));
    await connection.close();
  });

  test('is one, however many make it at a moment', async () => {
    const names = await Promise.all(Array.from({ length: 8 }, () => ensureStream(options)));
    expect(new Set(names).size).toBe(1);
  });

  test('that was deleted comes back under another name, whose files nobody is still removing', async () => {
    const first = await ensureStream(options);
    await options.manager.streams.delete(first);
    expect(await ensureStream(options)).not.toBe(first);
  });

  test('that can store nothing any more is given up for a new one', async () => {
    const first = await ensureStream(options);
    await mendStream(options, notStored);
    expect(await ensureStream(options)).not.toBe(first);
  });

  test('that refused for another reason is kept', async () => {
    const first = await ensureStream(options);
    await mendStream(options, new Error('no responders'));
    expect(await ensureStream(options)).toBe(first);
  });
});
