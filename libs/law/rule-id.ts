import { RULE_IDS } from './catalogue/ids.ts';

/** The stable id of a rule of the catalogue, such as `ENR-03`. */
export type RuleId = (typeof RULE_IDS)[number];

const KNOWN: ReadonlySet<string> = new Set(RULE_IDS);

/** True when the text is the id of a rule. */
export const isRuleId = (text: string): text is RuleId => KNOWN.has(text);
