/**
 * A closed list of values as the outside world writes them: by standard code, by Chinese name, by usual variants.
 * Inside the registry only the value itself is used (an English constant or a standard code).
 */
export type CodeTable<Value extends string> = {
  /** What the table is about, in Chinese. */
  readonly title: string;
  /** Standard the codes come from, or `ours`. */
  readonly standard: string;
  readonly values: readonly [Value, ...Value[]];
  /** Chinese names, for telling a clerk what may be filled in. */
  readonly names: readonly string[];
  find(text: string): Value | undefined;
  /** Chinese name of a value, as the form prints it. */
  nameOf(value: Value): string;
};

/** value, Chinese name, then every further spelling that is understood: codes and variants. */
export type CodeRow<Value extends string> = readonly [Value, string, ...string[]];

export function codeTable<Value extends string>(
  title: string,
  standard: string,
  rows: readonly [CodeRow<Value>, ...CodeRow<Value>[]],
): CodeTable<Value> {
  const bySpelling = new Map<string, Value>();
  const names = new Map<Value, string>();
  for (const [value, name, ...variants] of rows) {
    names.set(value, name);
    for (const spelling of [value, name, ...variants]) bySpelling.set(spellingKey(spelling), value);
  }
  const [first, ...others] = rows;
  return {
    title,
    standard,
    values: [first[0], ...others.map((row) => row[0])],
    names: [...names.values()],
    find: (text) => bySpelling.get(text) ?? bySpelling.get(spellingKey(text)),
    nameOf: (value) => names.get(value) ?? value,
  };
}

/** Spaces, case, leading zeros and the width of brackets do not matter for finding a code. */
function spellingKey(text: string): string {
  const plain = text.replace(/\s+/gu, '').replace(/（/gu, '(').replace(/）/gu, ')').toUpperCase();
  return /^\d+$/.test(plain) ? plain.replace(/^0+(?=\d)/, '') : plain;
}
