import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The format that Apollo's tools write: https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })),
});

/** The documents that are known ahead of time, by their id (SHA-256 of the text, in hexadecimal). */
export type Safelist = ReadonlyMap<string, string>;

/** Reads a manifest; throws where it is broken or an id is not the hash of its text. */
export const readSafelist = async (file: string): Promise<Safelist> => {
  const { operations } = Manifest.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const { id, body } of operations) {
    if (documentId(body) !== id) throw new Error(`persisted query ${id} does not have the hash of its text`);
  }
  return new Map(operations.map(({ id, body }) => [id, body]));
};

export const documentId = (text: string): string => createHash('sha256').update(text).digest('hex');
