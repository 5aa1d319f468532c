import type { Data } from './plan.ts';

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What an object itself has under a key. Keys such as __proto__ become plain properties, whatever a subgraph calls its
 * fields.
 */
const heldBy = (target: Data, key: string): unknown => {
  const held = target[key];
  if (held === undefined || Object.hasOwn(target, key)) return held;
  Object.defineProperty(target, key, {
    configurable: true,
    enumerable: true,
    value: undefined,
    writable: true,
  });
  return undefined;
};

const mergeItems = (target: unknown[], source: readonly unknown[]): void => {
  for (const [index, item] of source.entries()) {
    const held = target[index];
    if (isObject(held) && isObject(item)) merge(held, item);
    else target[index] = item;
  }
};

/**
 * Puts what was fetched into what was there: objects into objects, lists into lists of equal length, and
 * everything else in place of what was there.
 */
export const merge = (target: Data, source: unknown): void => {
  if (source === undefined || source === null) return;
  for (const key of Object.keys(source)) {
    const value = (source as Data)[key];
    if (value === undefined) continue;
    const held = heldBy(target, key);
    if (held && isObject(value)) merge(held as Data, value);
    else if (Array.isArray(value) && Array.isArray(held) && value.length === held.length) {
      mergeItems(held, value);
    } else target[key] = value;
  }
};
