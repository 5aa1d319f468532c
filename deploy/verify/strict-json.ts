/** A value as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/**
 * The object that a canonical text (RFC 8785) stands for; undefined for any other text. Whoever writes a value anew must
 * arrive at the same text: so names cannot stand twice or in another order, and no blank, escape or number can be
 * written differently.
 */
export const canonicalObject = (text: string): JsonObject | undefined => {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  return isObject(value) && text.isWellFormed() && written(value) === text ? value : undefined;
};

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const written = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${written(value[name] ?? null)}`).join(',')}}`;
};

/** True where an object has exactly these names. */
export const hasExactly = (value: JsonObject, names: readonly string[]): boolean =>
  Object.keys(value).length === names.length && names.every((name) => Object.hasOwn(value, name));
