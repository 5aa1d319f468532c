import type { RuleLayer } from '../layers.ts';
import type { RuleId } from '../rule-id.ts';

/** What follows a breach. The four of a Finding first, then what happens without an operation being judged. */
export type CatalogueOutcome =
  | 'REJECT'
  | 'HOLD'
  | 'WARN'
  | 'RECORD'
  | 'AUTO_CANCEL'
  | 'AUTO_PURGE'
  | 'AUTO_SEAL'
  | 'ESCALATE'
  | 'SANCTION'
  | 'POLICY';

/** Who keeps the rule: a service, the gateway, or every one of them. */
export type Enforcer =
  | 'organization'
  | 'identity'
  | 'enrollment'
  | 'transfer'
  | 'archive'
  | 'certificate'
  | 'complaint-ticket'
  | 'statistics'
  | 'gateway'
  | 'all';

/** A rule as the catalogue holds it. */
export type CatalogueRule = {
  id: RuleId;
  title: string;
  titleEn: string;
  statement: string;
  parameters?: string;
  layers: readonly RuleLayer[];
  actor: string;
  /** Empty: a duty without a check at run time. */
  enforcedBy: readonly Enforcer[];
  /** The first is what a finding carries unless the caller names another. */
  outcomes: readonly CatalogueOutcome[];
  /** Reason codes, the usual one first. One code has one meaning everywhere. */
  codes: readonly string[];
  onViolation: string;
};
