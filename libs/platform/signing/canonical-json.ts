/** What is signed: texts, whole numbers, lists and objects of them. */
export type Canonical = string | number | readonly Canonical[] | { readonly [name: string]: Canonical };

/**
 * The one text of a value, by RFC 8785 (JCS) for the values that are signed here: names in order, nothing between the
 * parts, the shortest escapes. Throws for broken surrogates and numbers that are not whole.
 */
export const canonicalJson = (value: Canonical): string => {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError('not a whole number');
    return String(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('half a surrogate pair');
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const parts = Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, part]) => `${canonicalJson(name)}:${canonicalJson(part)}`);
  return `{${parts.join(',')}}`;
};

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value);
