import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { defineEvent } from '#libs/contracts/envelope.ts';
import { asyncApi } from './asyncapi.ts';
import { halvesOf } from './console-words.ts';
import { readEventKinds } from './event-kinds.ts';
import { generatedFiles } from './files.ts';
import { resolverTypes } from './resolver-types.ts';

const root = new URL('../../', import.meta.url);

test('every generated file is up to date and says how it is generated', async () => {
  const stale: string[] = [];
  for (const { file, text } of await generatedFiles(root)) {
    expect(text).toContain('npm run generate');
    if ((await readFile(file, 'utf8').catch(() => '')) !== text) stale.push(fileURLToPath(file));
  }
  expect(stale).toEqual([]);
});

test('the AsyncAPI file has a channel, an operation and a message for every event kind', async () => {
  const kinds = await readEventKinds(root);
  const document = asyncApi(kinds) as Record<'channels' | 'operations', Record<string, unknown>>;
  expect(Object.keys(document.channels).toSorted()).toEqual(kinds.map(({ type }) => type).toSorted());
  expect(Object.keys(document.operations)).toHaveLength(kinds.length);
  expect(kinds.length).toBeGreaterThan(0);
});

test('every reference of the AsyncAPI file leads somewhere', async () => {
  const document = asyncApi(await readEventKinds(root));
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  const found = (path: string): unknown =>
    path
      .split('/')
      .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], document);
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((path) => found(path) === undefined)).toEqual([]);
});

test('two versions of an event share a channel and keep their own messages', () => {
  const kind = (version: number) =>
    defineEvent({ type: 'Moved', source: 'test', version, summary: 's', data: z.object({ at: z.string() }) });
  const { channels } = asyncApi([kind(1), kind(2)]) as { channels: Record<string, { messages: object }> };
  expect(Object.keys(channels.Moved?.messages ?? {})).toEqual(['Moved', 'MovedV2']);
});

test('resolver types hold unions of strings and no enums', async () => {
  const sdl = 'enum E { A B } type Query { e(of: ID!): E }';
  const text = await resolverTypes({ name: 'test', sdl }, new URL('deploy/generate/', root));
  expect(text).toMatch(/export type E =\s+\| 'A'\s+\| 'B';/);
  expect(text).not.toMatch(/\benum\b/);
  expect(text).toMatch(/import type \{ RequestContext \}/);
});

test.each([
  ['在校。 At school.', ['在校', 'At school']],
  ['年级（学段内）。 Grade, e.g. 3.', ['年级（学段内）', 'Grade, e.g. 3']],
  ['待定', ['待定', '待定']],
])('the description %s has two halves for the words of the console', (description, halves) => {
  expect(halvesOf(description)).toEqual(halves);
});
