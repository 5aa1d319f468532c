import { readdirSync, readFileSync } from 'node:fs';
import { readEventKinds } from '#deploy/generate/event-kinds.ts';
import { dataSchemaOf, Envelope, type EventKind, readEvent } from '#libs/contracts/envelope.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('./corpus/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const kinds: readonly EventKind[] = await readEventKinds(root);
const envelopeIn = (file: string): Envelope =>
  Envelope.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));

const versionsOf = ({ type, version }: EventKind): string[] =>
  Array.from({ length: version }, (_, at) => `${type}.${at + 1}.json`);

describe('the corpus of every event version ever sent', () => {
  test('holds an envelope of each version of each kind (test/events/corpus/make.ts adds what is missing)', () => {
    expect(kinds.flatMap(versionsOf).filter((file) => !files.includes(file))).toEqual([]);
  });

  test('holds nothing whose kind is gone: old events are read for good', () => {
    const types = new Set(kinds.map((kind) => kind.type));
    expect(files.filter((file) => !types.has(file.split('.')[0] ?? ''))).toEqual([]);
  });

  test.each(files)('%s is still read by its kind of today', (file) => {
    const envelope = envelopeIn(file);
    const kind = kinds.find(({ type }) => type === envelope.type);
    if (kind === undefined) throw new Error(`No kind reads ${envelope.type}`);
    expect(`${envelope.type}.${envelope.dataschema.split(':').at(-1)}.json`).toBe(file);
    expect(envelope.source).toBe(kind.source);
    const data = readEvent(kind, envelope);
    if (envelope.dataschema === dataSchemaOf(kind)) expect(data).toMatchObject(envelope.data);
  });

  test('has no two versions of one kind among the kinds of today: readers know the newest only', () => {
    const types = kinds.map(({ type }) => type);
    expect(types.filter((type, at) => types.indexOf(type) !== at)).toEqual([]);
  });
});
