import type { SourceText } from '#deploy/law/source-text.ts';
import { importsOf, targetOf, withoutStrings } from './source-graph.ts';

/** What a file offers to others; `isUsedAtHome`: its own file names it once more beside the declaration. */
export type Export = { path: string; name: string; isType: boolean; isUsedAtHome: boolean };

const declaration = /^export (?:abstract |async )*(const|let|function\*?|class|type|interface) (\w+)/gm;
const list = /^(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+['"]([^'"\n]+)['"]/gm;
const whole = /^(?:import|export)\s+\*[^'"]*from\s+['"]([^'"\n]+)['"]/gm;
const placeholder = /\$\{([^}]*)\}/g;

/** The code of a file: strings emptied, but for what stands in the placeholders of templates. */
const codeOf = (text: string): string =>
  [withoutStrings(text), ...[...text.matchAll(placeholder)].map(([, code]) => code)].join('\n');

/** Everything that a source file without comments declares and exports. */
export const exportsOf = ({ path, text }: SourceText): Export[] => {
  const code = codeOf(text);
  const words = Map.groupBy(code.match(/(?<![\w$]|(?<!\.\.)\.)[\w$]+/g) ?? [], (word) => word);
  return [...code.matchAll(declaration)].map(([, kind, name = '']) => ({
    path,
    name,
    isType: kind === 'type' || kind === 'interface',
    isUsedAtHome: (words.get(name)?.length ?? 0) > 1,
  }));
};

/** What files take from others: names by file, `*` where a file is taken as a whole or when it is needed. */
export const takenBy = (files: readonly SourceText[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const taken = new Map<string, Set<string>>();
  const take = (path: string, name: string) => taken.set(path, (taken.get(path) ?? new Set()).add(name));
  for (const file of files) {
    for (const [, names = '', to = ''] of file.text.matchAll(list))
      for (const [, name = ''] of names.matchAll(/(?:^|,)\s*(?:type\s+)?(\w+)/g))
        take(targetOf(file.path, to), name);
    for (const [, to = ''] of file.text.matchAll(whole)) take(targetOf(file.path, to), '*');
    for (const { to, kind } of importsOf(file)) if (kind === 'LATER') take(to, '*');
  }
  return taken;
};

/** What is exported and neither taken by another file nor used in its own. */
export const unusedExports = (
  files: readonly SourceText[],
  takers: readonly SourceText[] = files,
): Export[] => {
  const taken = takenBy(takers);
  return files.flatMap(exportsOf).filter(({ path, name, isUsedAtHome }) => {
    const names = taken.get(path);
    return !isUsedAtHome && !names?.has(name) && !names?.has('*');
  });
};
