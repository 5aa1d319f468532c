import type { Data } from './plan.ts';

/** Reads and makes objects that have certain keys, in their order. */
export type Literal = {
  read(source: Data): unknown[];
  make(values: readonly unknown[]): Data;
};

const isName = /^[_A-Za-z][_0-9A-Za-z]*$/;

/**
 * The literal of these keys, which are names of GraphQL. It is generated code, because an object written out with its
 * keys is made several times faster than one that is given them one by one.
 */
export const literalOf = (keys: readonly string[]): Literal => {
  if (!keys.every((key) => isName.test(key) && key !== '__proto__')) throw new Error('a key is no name');
  const read = keys.map((key) => `source.${key}`).join(', ');
  const made = keys.map((key, index) => `${key}: values[${index}]`).join(', ');
  return {
    read: new Function('source', `return [${read}];`) as Literal['read'],
    make: new Function('values', `return { ${made} };`) as Literal['make'],
  };
};
