import type { Bus } from '#libs/platform/bus/bus.ts';
import { connectNats } from '#libs/platform/bus/nats-bus.ts';
import { silentLog } from '#libs/platform/log/log.ts';
import { startNetwork, type TestNetwork } from './support/network.ts';

const prefix = `streams_${process.pid}`;
let network: TestNetwork;
let service: Bus;

beforeAll(async () => {
  const { TEST_NATS_URL: url = '', TEST_NATS_USER: user, TEST_NATS_PASSWORD: password } = process.env;
  service = await connectNats({ url, user, password, prefix, name: 'test', log: silentLog });
  const settings = {
    NATS_URL: url,
    NATS_PREFIX: prefix,
    ...(user ? { NATS_USER: user } : {}),
    ...(password ? { NATS_PASSWORD: password } : {}),
  };
  network = await startNetwork(settings, { bus: 'nats' });
});
afterAll(async () => {
  await network.stop();
  await service.close();
});

test('a signal of a service over NATS moves a live stream on', async () => {
  const response = await fetch(`${network.gateway.url}/graphql/stream`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      authorization: await network.bearer(),
    },
    body: JSON.stringify({ query: 'subscription { importProgress(job: "job-1") { state } }' }),
  });
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    if (text.includes('READING') && network.job.state === 'READING') {
      network.job.state = 'DONE';
      service.signal('import.job-1', { job: 'job-1', state: 'DONE' });
    }
  }
  const states = [...text.matchAll(/"state":"(\w+)"/g)].map(([, state]) => state);
  expect(states).toEqual(['READING', 'DONE']);
  expect(text).toMatch(/event: complete/);
});
