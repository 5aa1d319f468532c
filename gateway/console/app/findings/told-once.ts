type Told = { ruleId: string | null; outcome: string; message: string };

/** Findings that read alike stand once: of several items of a form that miss the same, one sentence tells. */
export const toldOnce = <Finding extends Told>(findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings.map((finding) => [`${finding.ruleId} ${finding.outcome} ${finding.message}`, finding]),
  ).values(),
];
