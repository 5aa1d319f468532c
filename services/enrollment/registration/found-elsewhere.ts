/**
 * The refused registration by which its school can open a transfer, where the check has found a record at another school
 * (ENR-06, TRF-53): an id that tells nothing of the record, and that is of use to that school alone (PRV-15).
 */
export const foundElsewhere = (
  intake: string | null | undefined,
  findings: readonly { ruleId: string | null; code: string }[],
): string | null =>
  findings.some(({ ruleId, code }) => ruleId === 'ENR-06' && code === 'DUPLICATE_RECORD_FOUND')
    ? (intake ?? null)
    : null;
