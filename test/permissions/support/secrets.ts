import { type SampleOrder, sampleRows } from '#services/enrollment/import/sample/sample-rows.ts';

/** Personal values of the test's children and families, by what they are. */
export type Secrets = { readonly numbers: readonly string[]; readonly words: readonly string[] };

const isNumber = (key: string): boolean => /(documentNumber|phone)$/i.test(key);
const isWord = (key: string): boolean => /(^name|\.name|formerName|workUnit|signature)$/i.test(key);

/**
 * Numbers are identity numbers and telephones, words are names and work places of three characters and more. Short
 * ones would be found by chance.
 */
export const secretsOfSample = (order: SampleOrder): Secrets => {
  const cells = [...sampleRows(order)].flatMap((row) => Object.entries(row.cells));
  const kept = (is: (key: string) => boolean, least: number): string[] => [
    ...new Set(
      cells
        .filter(([key, value]) => is(key) && [...(value ?? '')].length >= least)
        .map(([, value]) => value ?? ''),
    ),
  ];
  return { numbers: kept(isNumber, 9), words: kept(isWord, 3) };
};

export const allOf = ({ numbers, words }: Secrets): string[] => [...numbers, ...words];

/** Which of the secrets a text holds: as it is, escaped as JSON, percent-encoded, in base64 or in hexadecimal. */
export const createFinder = (secrets: readonly string[]) => {
  const forms = secrets.flatMap((secret) => {
    const escaped = [...secret].map((char) =>
      char.charCodeAt(0) > 127 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char,
    );
    const written = new Set([
      secret,
      escaped.join(''),
      encodeURIComponent(secret),
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'),
    ]);
    return [...written].map((form) => ({ secret, form }));
  });
  return (text: string): string[] => [
    ...new Set(forms.filter(({ form }) => text.includes(form)).map(({ secret }) => secret)),
  ];
};
