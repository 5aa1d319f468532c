import type { Finding } from '../finding.ts';

/** The first statement that some text carries: a point that different rules make in different places. */
export const prevailing = (...statements: readonly Finding[][]): Finding[] =>
  statements.find((findings) => findings.length > 0) ?? [];
