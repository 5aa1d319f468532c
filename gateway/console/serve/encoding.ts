import type { BuiltFile, Encoding } from './built-files.ts';

const preferred: readonly Exclude<Encoding, 'identity'>[] = ['br', 'gzip'];

/** What an Accept-Encoding header takes; a quality of nought refuses (RFC 9110, 12.5.3). */
const takenBy = (header: string): ReadonlySet<string> =>
  new Set(
    header.split(',').flatMap((part) => {
      const [name = '', ...parameters] = part.split(';').map((word) => word.trim().toLowerCase());
      return parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter)) ? [] : [name];
    }),
  );

/** The smallest form of a file that the caller takes. */
export const encodingFor = (header: string | string[] | undefined, { bodies }: BuiltFile): Encoding => {
  const taken = takenBy(String(header ?? ''));
  return preferred.find((encoding) => taken.has(encoding) && bodies[encoding] !== undefined) ?? 'identity';
};
