import fc from 'fast-check';
import { type ServerSentEvent, serverSentEvents } from './server-sent-events.ts';

const text =
  ':\n\nevent: next\ndata: {"a":"小店区"}\n\nevent: next\r\ndata: 1\r\ndata:2\r\n\r\nevent: complete\ndata:\n\n';

const readIn = async (pieces: readonly Uint8Array[]): Promise<ServerSentEvent[]> => {
  const stream = async function* () {
    yield* pieces;
  };
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(stream())) events.push(event);
  return events;
};

const expected = [
  { event: 'next', data: '{"a":"小店区"}' },
  { event: 'next', data: '1\n2' },
  { event: 'complete', data: '' },
];

describe('server-sent events', () => {
  test('are read by their lines; comments are stepped over', async () => {
    expect(await readIn([new TextEncoder().encode(text)])).toEqual(expected);
  });

  test('are the same however the bytes arrive', async () => {
    const bytes = new TextEncoder().encode(text);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length)), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, at) => bytes.subarray(places[at], end));
        expect(await readIn(pieces)).toEqual(expected);
      }),
    );
  });

  test('that were cut off before their blank line are not told', async () => {
    expect(await readIn([new TextEncoder().encode('event: next\ndata: 1\n')])).toEqual([]);
  });
});
