import type { RuleId } from './rule-id.ts';

/**
 * Marks a place where the shape of the code or of the database keeps a rule and no sentence can be refused:
 * a unique constraint, an append-only table, an input that does not exist. `npm run law -- coverage` finds the
 * marker by its literal ids, so write them out.
 */
export const enforces = (...ids: RuleId[]): readonly RuleId[] => ids;

/**
 * Marks rules that are judged by what a service tells that is not built yet: a stand-in answers for it. Until it comes they
 * wait for it in `npm run law -- coverage`, whatever states them and whatever tests show.
 */
export const standsInFor = (_service: string, ...ids: RuleId[]): readonly RuleId[] => ids;

/**
 * Marks a rule of which nothing enforces a part: what, in a sentence. As long as it stands the rule is open in `npm run law --
 * coverage`, whatever else is stated and whatever tests show.
 */
export const leavesOpen = (rule: RuleId, _part: string): RuleId => rule;
