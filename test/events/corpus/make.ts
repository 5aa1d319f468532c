/**
 * `node_modules/.bin/node test/events/corpus/make.ts` writes an envelope of each event kind and version that the
 * corpus does not have yet. What it has is never written again: it is what was once sent.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { readEventKinds } from '#deploy/generate/event-kinds.ts';
import { sampleOf } from '../support/sample.ts';

for (const kind of await readEventKinds(new URL('../../../', import.meta.url))) {
  const file = new URL(`${kind.type}.${kind.version}.json`, import.meta.url);
  if (existsSync(file)) continue;
  writeFileSync(file, `${JSON.stringify(sampleOf(kind), null, 2)}\n`);
  process.stdout.write(`${kind.type} version ${kind.version}\n`);
}
