import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A source file without its comments; line numbers are those of the file. */
export type SourceText = { path: string; text: string };

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.local', 'generated']);

/** Every TypeScript file below the folders, by path from the root with `/` between the parts. */
export const sourceTexts = (root: string, folders: readonly string[]): SourceText[] =>
  folders.flatMap((folder) =>
    filesBelow(join(root, folder)).map((file) => ({
      path: relative(root, file).split(sep).join('/'),
      text: withoutComments(readFileSync(file, 'utf8')),
    })),
  );

/** The line of a place in a text, from 1. */
export const lineOf = (text: string, offset: number): number => {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
};

/**
 * The text with every comment blanked out, so that what is commented out counts for nothing. Knows strings, templates
 * and regular expressions well enough for formatted sources.
 */
export const withoutComments = (text: string): string => {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const length = tokenLength(text, at, out);
    const token = text.slice(at, at + length);
    out += token.startsWith('//') || token.startsWith('/*') ? token.replaceAll(/[^\n]/g, ' ') : token;
    at += length;
  }
  return out;
};

const tokenLength = (text: string, at: number, before: string): number => {
  const two = text.slice(at, at + 2);
  if (two === '//') return until(text.indexOf('\n', at), text, at);
  if (two === '/*') return until(text.indexOf('*/', at + 2) + 2, text, at, 1);
  const character = text.charAt(at);
  if (character === "'" || character === '"') return quoted(text, at, character);
  if (character === '`') return template(text, at);
  if (character === '/' && /(?:^|[(,=:[!&|?{};\n]|\breturn)\s*$/.test(before.slice(-20))) {
    return quoted(text, at, '/');
  }
  return 1;
};

const until = (end: number, text: string, at: number, found = -1): number =>
  (end <= found ? text.length : end) - at;

const quoted = (text: string, at: number, quote: string): number => {
  let inClass = false;
  for (let end = at + 1; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (character === '\\') end += 1;
    else if (character === '\n') return end - at;
    else if (quote === '/' && character === '[') inClass = true;
    else if (quote === '/' && character === ']') inClass = false;
    else if (character === quote && !inClass) return end + 1 - at;
  }
  return text.length - at;
};

const template = (text: string, at: number): number => {
  for (let end = at + 1; end < text.length; end += 1) {
    const character = text.charAt(end);
    if (character === '\\') end += 1;
    else if (character === '`') return end + 1 - at;
    else if (text.startsWith('${', end)) end += placeholder(text, end + 2);
  }
  return text.length - at;
};

const placeholder = (text: string, at: number): number => {
  let depth = 1;
  let end = at;
  while (end < text.length && depth > 0) {
    const character = text.charAt(end);
    if (character === '`') end += template(text, end);
    else if (character === "'" || character === '"') end += quoted(text, end, character);
    else {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      end += 1;
    }
  }
  return end - at + 1;
};

const filesBelow = (folder: string): string[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return /\.tsx?$/.test(entry.name) ? [path] : [];
    });
};
