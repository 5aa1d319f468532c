import { dirname, join } from 'node:path/posix';
import type { SourceText } from './source-text.ts';

/** Whether something that runs uses the statement at this place of a file. */
export type Reach = (path: string, offset: number) => boolean;

/** A declaration at the top of a file, and where its text begins and ends. */
type Declaration = { name: string; from: number; to: number };
/** A name of one file as another file knows it. */
type Imported = { local: string; path: string; name: string };

const DECLARATION =
  /^(?:export\s+)?(?:default\s+)?(?:async\s+)?(?:const|let|function\*?|class|type|interface)\s+([\w$]+)/gm;
const IMPORT = /^(import|export)\s+(?:type\s+)?(?:\{([^}]*)\}|\*\s+as\s+([\w$]+)|\*)\s+from\s+'([^'\n]+)'/gm;
const NAME = /[A-Za-z_$][\w$]*/g;
const EVERY = '*';

/**
 * Follows names from what runs into the law: a declaration of the law is reached when a file outside of it imports it,
 * or when the text of a reached one names it. By names alone, so it may take a declaration for reached that is not,
 * and never the other way round.
 */
export const reachOf = (law: readonly SourceText[], running: readonly SourceText[]): Reach => {
  const files = new Map(law.map((source) => [source.path, { source, ...partsOf(source) }]));
  const reached = new Set<string>();
  const follow = (path: string, name: string): void => {
    const file = files.get(path);
    if (file === undefined || reached.has(`${path} ${name}`)) return;
    reached.add(`${path} ${name}`);
    for (const imported of file.imports.filter(({ local }) => local === name || name === EVERY)) {
      follow(imported.path, imported.name);
    }
    for (const declaration of file.declarations.filter((each) => each.name === name || name === EVERY)) {
      reached.add(`${path} ${declaration.name}`);
      for (const used of namesIn(file.source, declaration)) follow(path, used);
    }
  };
  for (const source of running) for (const { path, name } of partsOf(source).imports) follow(path, name);
  return (path, offset) => {
    const holder = files.get(path)?.declarations.find(({ from, to }) => from <= offset && offset < to);
    return holder !== undefined && reached.has(`${path} ${holder.name}`);
  };
};

const partsOf = ({ path, text }: SourceText): { declarations: Declaration[]; imports: Imported[] } => {
  const starts = [...text.matchAll(DECLARATION)];
  const declarations = starts.map((match, at) => ({
    name: match[1] ?? '',
    from: match.index,
    to: starts[at + 1]?.index ?? text.length,
  }));
  const imports = [...text.matchAll(IMPORT)].flatMap(([, , listed, all, named = '']) =>
    (listed?.split(',').filter((each) => each.trim() !== '') ?? [EVERY]).map((each) => {
      const [name = '', local = name] = each
        .replace(/\btype\s/, '')
        .trim()
        .split(/\s+as\s+/);
      return { local: all ?? local, path: target(path, named), name };
    }),
  );
  return { declarations, imports };
};

const target = (from: string, to: string): string => {
  if (to.startsWith('#')) return to.slice(1);
  return to.startsWith('.') ? join(dirname(from), to) : to;
};

const STRING = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g;
const PLACEHOLDER = /\$\{([^}]*)\}/g;

/** The code with its strings emptied; what stands in the placeholders of templates is code. */
const withoutStrings = (text: string): string =>
  text.replaceAll(STRING, (string) =>
    string.startsWith('`') ? [...string.matchAll(PLACEHOLDER)].map(([, code]) => code).join(' ; ') : "''",
  );

const namesIn = ({ text }: SourceText, { from, to }: Declaration): Set<string> =>
  new Set(withoutStrings(text.slice(from, to)).match(NAME));
