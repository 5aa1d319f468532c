import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import type { EventKind } from '#libs/contracts/envelope.ts';

const isEventKind = (value: unknown): value is EventKind => {
  if (typeof value !== 'object' || value === null) return false;
  const { type, source, version, data, summary } = value as Record<string, unknown>;
  const texts = [type, source, summary].every((text) => typeof text === 'string');
  return texts && typeof version === 'number' && data instanceof z.ZodObject;
};

/** Every event kind that libs/contracts/events exports, by source and type. */
export const readEventKinds = async (root: URL): Promise<EventKind[]> => {
  const folder = new URL('libs/contracts/events/', root);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const modules: Record<string, unknown>[] = await Promise.all(
    files.map((name) => import(new URL(name, folder).href)),
  );
  const keyOf = (kind: EventKind): string => `${kind.source} ${kind.type} ${kind.version}`;
  return modules
    .flatMap((module) => Object.values(module))
    .filter(isEventKind)
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
};
