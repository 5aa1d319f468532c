import { isPersonalField } from './personal-fields.ts';

/** Objects and arrays within one another beyond this depth are not written. */
const deepest = 10;
const mostEntries = 100;
const mostValues = 1_000;
const mostFrames = 6;

/** ID number, student number, telephone number, where it stands for itself. */
const personalNumber = /(?<![0-9A-Za-z])(?:[GJL]?\d{17}[\dXx]|1[3-9]\d{9})(?![0-9A-Za-z])/g;

/** No number of a person is shorter. */
const shortestNumber = 11;

/** A text without the numbers of persons. */
export const withoutNumbers = (text: string): string =>
  text.length < shortestNumber ? text : text.replaceAll(personalNumber, '…');

/** Where a failure came from, without its text (which may quote values); nothing of what is no Error. */
export const framesOf = (error: unknown): string[] =>
  error instanceof Error
    ? (error.stack ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.startsWith('at '))
        .slice(0, mostFrames)
    : [];

/** Name, code and places of a failure. Its text, and what a driver hangs on it, may quote values: they are left out. */
export type LoggableError = { name: string; code?: string; frames: string[] };

export const loggableError = (error: Error): LoggableError => {
  const { code } = error as { code?: unknown };
  return {
    name: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    frames: framesOf(error),
  };
};

/** So much of one line is looked through: a whole connection or request handed to a log ends there. */
type Budget = { left: number };

const loggableValue = (value: unknown, depth: number, budget: Budget): unknown => {
  if (typeof value === 'string') return withoutNumbers(value);
  if (typeof value === 'bigint') return withoutNumbers(String(value));
  if (value instanceof Error) return loggableError(value);
  if (value instanceof Date) return value.toJSON();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest || budget.left <= 0 || ArrayBuffer.isView(value)) return '…';
  if (Array.isArray(value) || value instanceof Set) {
    const entries = [...value].slice(0, mostEntries);
    budget.left -= entries.length;
    return entries.map((entry) => loggableValue(entry, depth + 1, budget));
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return loggableEntries(
    entries.map(([field, entry]) => [String(field), entry]),
    depth + 1,
    budget,
  );
};

const loggableEntries = (
  entries: [string, unknown][],
  depth: number,
  budget: Budget,
): Record<string, unknown> => {
  const kept = entries.filter(([field]) => !isPersonalField(field)).slice(0, mostEntries);
  budget.left -= kept.length;
  return Object.fromEntries(
    kept.map(([field, value]) => [withoutNumbers(field), loggableValue(value, depth, budget)]),
  );
};

/**
 * What of the fields of a log line is written: no field that could hold personal data, whatever its depth, errors by
 * name, code and frames, texts without the numbers of persons (PRV-14).
 */
export const loggable = (fields: Record<string, unknown>): Record<string, unknown> =>
  loggableEntries(Object.entries(fields), 1, { left: mostValues });
