import type { Paper } from '../../uploads/papers.ts';

/** What a registrar has filled in so far; papers as they were sent. */
export type Drafted = { evidence?: readonly Paper[]; handling?: { mode?: string; reason?: string } };

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * What goes into a request, once everything is there that it cannot do without. Papers count when it is said what they
 * are; how the business was handled is left out where it came in digitally.
 */
export const requestOf = <Values extends object>(
  { evidence = [], handling, ...values }: Partial<Values> & Drafted,
  needed: readonly (keyof Values)[],
): Values | undefined => {
  const given = values as Partial<Values>;
  if (needed.some((name) => isBlank(given[name]))) return undefined;
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => !isBlank(value)));
  return {
    ...filled,
    evidence: evidence
      .filter(({ kind }) => kind !== undefined)
      .map(({ upload, kind, issuerLevel }) => ({ upload, kind, ...(issuerLevel && { issuerLevel }) })),
    ...(handling?.mode && handling.mode !== 'DIGITAL' && { handling }),
  } as Values;
};
