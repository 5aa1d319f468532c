/** A name of the schema, a variable or a type: what may be quoted. Anything else may be a caller's value. */
const schemaName = /^[$@[]?[A-Za-z_][\w.]*!?\]?!?$/;

const invalidVariable = /^Variable "\$(\w+)" (?:got invalid value|of (?:required|non-null) type)/;
const valuesFollow = /(cannot represent[^:]*: |, found |Unexpected \w+ |Expected \w+ )[\s\S]*$/;
const valueBefore = /Value "(?:[^"\\]|\\.)*" does not exist/;

/** Takes values that a caller wrote out of a message of graphql-js, which quotes them (PRV-14). */
export const withoutValues = (message: string): string => {
  const variable = invalidVariable.exec(message)?.[1];
  if (variable !== undefined) {
    return `变量 $${variable} 的值不符合类型。 The value of $${variable} does not fit its type.`;
  }
  return message
    .replace(valueBefore, 'Value "…" does not exist')
    .replace(valuesFollow, '$1…')
    .replaceAll(/"((?:[^"\\]|\\.)*)"/g, (quoted, inner: string) => (schemaName.test(inner) ? quoted : '"…"'))
    .replaceAll(/\d{6,}[Xx]?/g, '…');
};
