import type { Data, ResponsePath } from './plan.ts';

type Path = readonly (string | number)[];

const own = (value: unknown, key: string): unknown =>
  Object.hasOwn(value as Data, key) ? (value as Data)[key] : undefined;

/** Finds what stands at a path of a plan, where `@` is every item of a list; lists in lists become one. */
export const reach = (value: unknown, path: ResponsePath, from = 0): unknown => {
  if (from === path.length || value === undefined || value === null) return value;
  const part = path[from];
  if (part === '@') return (value as unknown[]).flatMap((item) => reach(item, path, from + 1));
  if (typeof part !== 'string') throw new Error('a path of a plan has names only');
  if (Array.isArray(value)) throw new Error('a list stands where an object was promised');
  return reach(own(value, part), path, from + 1);
};

const collect = (value: unknown, path: ResponsePath, from: number, above: Path, found: Path[]): void => {
  if (value === undefined || value === null) return;
  const part = path[from];
  if (part === undefined) {
    found.push(above);
  } else if (part === '@') {
    if (!Array.isArray(value)) throw new Error('no list stands where one was promised');
    for (const [index, item] of value.entries()) collect(item, path, from + 1, [...above, index], found);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collect(item, path, from, [...above, index], found);
  } else if (typeof part === 'string' && Object.hasOwn(value, part)) {
    collect((value as Data)[part], path, from + 1, [...above, part], found);
  }
};

/** Where in the whole answer the objects stand that a path of a plan leads to, nulls left out. */
export const placesAt = (fetched: Data, path: ResponsePath): Path[] => {
  const found: Path[] = [];
  collect(fetched, path, 0, [], found);
  return found;
};
