import type { SuspensionFacts } from '../enrollment/suspension.ts';

/** A lawful application in Shanxi: a primary pupil who is ill for exactly one third of a term. */
export const lawfulSuspension = (changes: Partial<SuspensionFacts> = {}): SuspensionFacts => ({
  stage: 'PRIMARY',
  specialSchool: false,
  ground: 'ILLNESS',
  hours: { missed: 200, term: 600 },
  reasonGiven: true,
  initiator: 'GUARDIAN',
  writtenApplication: true,
  proofs: [{ kind: 'INPATIENT_RECORD', issuerLevel: 'COUNTY' }],
  period: { from: '2026-09-07', to: '2027-01-31' },
  earlier: [],
  graduatingGrade: false,
  term: 1,
  ...changes,
});
