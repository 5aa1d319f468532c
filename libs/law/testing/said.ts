import type { Finding } from '../finding.ts';

/** What findings say, in short, for tests: `ARC-01 RECORD ARCHIVE_NOT_ESTABLISHED`. */
export const said = (findings: readonly Finding[]): string[] =>
  findings.map(({ ruleId, outcome, code }) => `${ruleId} ${outcome} ${code}`);
