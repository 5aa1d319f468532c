import { dirname, join } from 'node:path/posix';
import type { SourceText } from '#deploy/law/source-text.ts';

/** What one file takes from another: `to` is a path from the root, or the name of a package. */
export type Import = { from: string; to: string; kind: 'VALUE' | 'TYPE' | 'LATER' };

const statement =
  /(?:^|[\n;])\s*(?:import|export)\s+(type\s)?(?:[\w*\s{},$]+?\sfrom\s+)?['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]/g;

/** The file or package that an import names. */
export const targetOf = (from: string, to: string): string => {
  if (to.startsWith('#')) return to.slice(1);
  return to.startsWith('.') ? join(dirname(from), to) : to;
};

/** Imports of a source file without comments: static, of types only, and those loaded when they are needed. */
export const importsOf = ({ path, text }: SourceText): Import[] =>
  [...text.matchAll(statement)].map(([, type, named, later]) => ({
    from: path,
    to: targetOf(path, named ?? later ?? ''),
    kind: later !== undefined ? 'LATER' : type === undefined ? 'VALUE' : 'TYPE',
  }));

/** Every circle of files that load each other; types are erased and later imports wait, so they make none. */
export const circlesOf = (imports: readonly Import[]): string[] => {
  const next = Map.groupBy(
    imports.filter(({ kind }) => kind === 'VALUE'),
    ({ from }) => from,
  );
  const circles: string[] = [];
  const done = new Set<string>();
  const follow = (file: string, above: readonly string[]): void => {
    const at = above.indexOf(file);
    if (at >= 0) circles.push([...above.slice(at), file].join(' > '));
    if (at >= 0 || done.has(file)) return;
    for (const { to } of next.get(file) ?? []) follow(to, [...above, file]);
    done.add(file);
  };
  for (const file of next.keys()) follow(file, []);
  return circles;
};

/** The code of a source file without comments, its strings and templates emptied. */
export const withoutStrings = (text: string): string =>
  text.replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g, `''`);
