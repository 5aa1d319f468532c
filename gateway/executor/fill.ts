import { broken, missing, type Shaping } from './complete.ts';
import type { IsValid } from './leaves.ts';
import { literalOf } from './literal.ts';
import type { Data } from './plan.ts';
import type { Condition } from './selections.ts';

/** A field of an object whose type is known. */
export type Entry = {
  key: string;
  conditions: readonly Condition[] | undefined;
  /** Whether a value stands as it is; undefined for what is no leaf. */
  isValid: IsValid | undefined;
  /** Its value in the answer, or `missing`. `before` is what an earlier selection of the same field made of it. */
  value(shaping: Shaping, before: unknown, input: Data): unknown;
};

/** Makes an object of the answer, or completes the one that an earlier selection made; `broken` where a null goes up. */
export type Fill = (shaping: Shaping, output: Data | undefined, input: Data) => Data | typeof broken;

const stands = (isValid: IsValid | undefined, value: unknown): boolean =>
  isValid !== undefined && value !== undefined && value !== null && isValid(value);

const oneByOne =
  (entries: readonly Entry[]): Fill =>
  (shaping, before, input) => {
    const output = before ?? {};
    for (const { key, conditions, isValid, value: read } of entries) {
      if (conditions && !conditions.every(shaping.holds)) continue;
      if (output[key] === undefined && stands(isValid, input[key])) {
        output[key] = input[key];
        continue;
      }
      const value = read(shaping, output[key], input);
      if (value === missing) return broken;
      output[key] = value;
    }
    return output;
  };

/** For objects whose keys are the same whatever the variables say. */
const atOnce = (entries: readonly Entry[]): Fill => {
  const { read, make } = literalOf(entries.map(({ key }) => key));
  const count = entries.length;
  return (shaping, _, input) => {
    const values = read(input);
    for (let index = 0; index < count; index++) {
      const entry = entries[index] as Entry;
      if (stands(entry.isValid, values[index])) continue;
      const value = entry.value(shaping, undefined, input);
      if (value === missing) return broken;
      values[index] = value;
    }
    return make(values);
  };
};

/** So many keys are written out; an object of more is not made faster by that. */
const mostKeys = 200;

export const filling = (entries: readonly Entry[]): Fill => {
  const keys = new Set(entries.map(({ key }) => key));
  const anew = oneByOne(entries);
  const isSimple =
    keys.size === entries.length &&
    keys.size <= mostKeys &&
    entries.every(({ key }) => key !== '') &&
    entries.every(({ conditions }) => conditions === undefined);
  if (!isSimple) return anew;
  const written = atOnce(entries);
  return (shaping, output, input) =>
    output === undefined ? written(shaping, output, input) : anew(shaping, output, input);
};
