import { SpanKind } from '@opentelemetry/api';
import { inSpan, isTraced } from './spans.ts';

/** Told after every statement: its first word, how long it took in seconds, and whether it succeeded. */
export type ObserveStatement = (kind: StatementKind, seconds: number, outcome: 'ok' | 'error') => void;

const kinds = ['select', 'insert', 'update', 'delete', 'with'] as const;
export type StatementKind = (typeof kinds)[number] | 'other';

/** A connected database, as its entity managers know it. */
type Database = { readonly config: object };

const observers = new WeakMap<object, ObserveStatement>();

/** From now on every statement of this database is told to the observer. */
export const observeStatements = (database: Database, observe: ObserveStatement): void => {
  observers.set(database.config, observe);
};

/** The first word of a statement, from a closed list. */
export const kindOf = (text: string): StatementKind => {
  const word = /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase();
  return kinds.find((kind) => kind === word) ?? 'other';
};

const timed = async <T>(observe: ObserveStatement, text: string, run: () => Promise<T>): Promise<T> => {
  const begun = performance.now();
  let outcome: 'ok' | 'error' = 'error';
  try {
    const result = await run();
    outcome = 'ok';
    return result;
  } finally {
    observe(kindOf(text), (performance.now() - begun) / 1000, outcome);
  }
};

const longestText = 2_000;

/**
 * Runs one statement, timed where somebody observes the database, and as a span with the statement's text (values are
 * bound, so none stands in it) where it is part of traced work. Statements of idle loops make no span.
 */
export const inStatement = <T>(database: Database, text: string, run: () => Promise<T>): Promise<T> => {
  const observe = observers.get(database.config);
  const measured = observe === undefined ? run : () => timed(observe, text, run);
  if (!isTraced()) return measured();
  const facts = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, longestText) };
  return inSpan(`sql ${kindOf(text)}`, { kind: SpanKind.CLIENT, facts }, measured);
};
