import { GraphQLError, type GraphQLLeafType } from 'graphql';
import { validity } from './leaves.ts';
import type { Condition } from './selections.ts';

/** What an answer is shaped with: the conditions that hold, the errors found, and where the shaping is just now. */
export type Shaping = {
  readonly holds: (condition: Condition) => boolean;
  readonly errors: GraphQLError[];
  readonly path: (string | number)[];
};

/** Null because of an error that was told already. */
export const broken = Symbol('broken');
/** Null where no null may stand: what is around it is broken. */
export const missing = Symbol('missing');

/**
 * Gives a fetched value the form that its type and selections ask for: the result is a value, `broken` or `missing`.
 * `output` is what an earlier selection of the same field made of it, or undefined. Throws where a subgraph
 * answered with something of another kind altogether.
 */
export type Complete = (shaping: Shaping, output: unknown, input: unknown) => unknown;

export const tell = ({ errors, path }: Shaping, message: string): void => {
  errors.push(new GraphQLError(message, { path: [...path], extensions: { code: 'INVALID_GRAPHQL' } }));
};

export const completeLeaf = (type: GraphQLLeafType): Complete => {
  const isValid = validity(type);
  return (shaping, output, input) => {
    if (output !== undefined) return output;
    if (input === null || isValid(input)) return input;
    tell(shaping, `Invalid value for ${type.name}.`);
    return broken;
  };
};

/** `isLeaf`: a value or a list of values, of which a second selection changes nothing. */
export const completeNonNull =
  (complete: Complete, isLeaf: boolean): Complete =>
  (shaping, output, input) => {
    if (output === null || (isLeaf && output !== undefined)) return output;
    const value = complete(shaping, output, input);
    if (value === broken) return missing;
    if (value !== null) return value;
    tell(shaping, 'Cannot return null here.');
    return missing;
  };

export const completeList =
  (complete: Complete, isLeaf: boolean): Complete =>
  (shaping, output, input) => {
    if (output === null || (isLeaf && output !== undefined)) return output;
    if (input === null) return null;
    if (!Array.isArray(input)) throw new Error('no list stands where one was promised');
    const before = output as unknown[] | undefined;
    if (before && before.length !== input.length) throw new Error('two lists of one field differ in length');
    const { path } = shaping;
    const items: unknown[] = new Array(input.length);
    let isMissing = false;
    for (let index = 0; index < input.length; index++) {
      path.push(index);
      const item = complete(shaping, before?.[index], input[index]);
      path.pop();
      if (item === missing) isMissing = true;
      items[index] = item === broken || item === missing ? null : item;
    }
    return isMissing ? broken : items;
  };
