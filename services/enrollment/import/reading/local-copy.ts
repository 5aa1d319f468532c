import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refusals } from './refusals.ts';

/** A file on this machine that can be read from any place, and how to be rid of it. */
export type LocalCopy = { readonly path: string; dispose(): Promise<void> };

/**
 * A path is used in place; a stream is put aside in a private folder, because a workbook is read from its end.
 * Throws FileProblem when it is empty or larger than `maxBytes`.
 */
export async function localCopy(source: string | Readable, maxBytes: number): Promise<LocalCopy> {
  if (typeof source === 'string') {
    const { size } = await stat(source);
    if (size > maxBytes) throw refusals.tooLarge(maxBytes);
    return { path: source, dispose: async () => {} };
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'table-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const file = path.join(folder, randomUUID());
    await pipeline(source, limited(maxBytes), createWriteStream(file, { mode: 0o600 }));
    return { path: file, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function limited(maxBytes: number) {
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw refusals.tooLarge(maxBytes);
      yield chunk;
    }
  };
}
