import { type DocumentNode, Kind, type StringValueNode, visit } from 'graphql';
import { badInput, type InputProblem } from '../errors/errors.ts';

type Path = (string | number)[];

/** So many places are named; one is reason enough. */
const mostProblems = 20;

/** Whether a text can be stored and sent: no U+0000, which PostgreSQL does not take, and no half of a character. */
export const isPlainText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

const problemAt = (path: Path): InputProblem => ({
  path,
  code: 'TEXT_NOT_PLAIN',
  message: '文本含有无法存储的字符（U+0000 或残缺字符）。 U+0000 and lone surrogates cannot be stored.',
});

type Found = { value: unknown; name: string | number; within: Found | undefined };

const pathOf = (found: Found | undefined): Path => {
  const path: Path = [];
  for (let at = found; at !== undefined; at = at.within) path.unshift(at.name);
  return path;
};

/** Places of variables that hold such a text, as value or as name; however deep they are nested. */
const inVariables = (variables: Readonly<Record<string, unknown>>): InputProblem[] => {
  const problems: InputProblem[] = [];
  const waiting: Found[] = [];
  const look = (value: unknown, within: Found | undefined): void => {
    for (const [key, entry] of Object.entries(value as object)) {
      const name = Array.isArray(value) ? Number(key) : key;
      if (typeof name === 'string' && !isPlainText(name)) problems.push(problemAt(pathOf(within)));
      waiting.push({ value: entry, name, within });
    }
  };
  look(variables, undefined);
  for (let found = waiting.pop(); found !== undefined; found = waiting.pop()) {
    if (problems.length >= mostProblems) break;
    const { value } = found;
    if (typeof value === 'string' && !isPlainText(value)) problems.push(problemAt(pathOf(found)));
    else if (typeof value === 'object' && value !== null) look(value, found);
  }
  return problems.reverse();
};

/** Escapes and raw signs that alone can put such a text into a literal: most documents have none. */
const mayHold = (source: string): boolean => source.includes('\\u') || !isPlainText(source);

const inLiterals = (source: string, document: DocumentNode): InputProblem[] => {
  if (!mayHold(source)) return [];
  const problems: InputProblem[] = [];
  const path: Path = [];
  visit(document, {
    enter: (node) => {
      if (node.kind === Kind.FIELD) path.push((node.alias ?? node.name).value);
      if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) path.push(node.name.value);
      if (node.kind === Kind.VARIABLE_DEFINITION) path.push(node.variable.name.value);
      if (node.kind === Kind.STRING && !isPlainText((node as StringValueNode).value))
        problems.push(problemAt([...path]));
    },
    leave: (node) => {
      if (named.has(node.kind)) path.pop();
    },
  });
  return problems.slice(0, mostProblems);
};

const named: ReadonlySet<string> = new Set([
  Kind.FIELD,
  Kind.ARGUMENT,
  Kind.OBJECT_FIELD,
  Kind.VARIABLE_DEFINITION,
]);

/**
 * What in an operation is no plain text: in variables by their names, in literals by the fields and arguments they
 * stand in. Empty for an operation that may go on to its resolvers.
 */
export const textProblems = (
  source: string,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): InputProblem[] => [...inVariables(variables), ...inLiterals(source, document)];

/** A header's text, percent-decoded; what is not encoded stands for itself. Throws BAD_USER_INPUT. */
export const headerText = (name: string, encoded: string): string => {
  const text = decoded(encoded);
  if (!isPlainText(text)) throw badInput([problemAt([name])]);
  return text;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
