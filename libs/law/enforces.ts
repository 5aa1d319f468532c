import type { RuleId } from './rule-id.ts';

/**
 * Marks a place where the shape of the code or of the database keeps a rule and no sentence can be refused:
 * a unique constraint, an append-only table, an input that does not exist. `npm run law -- coverage` finds the
 * marker by its literal ids, so write them out.
 */
export const enforces = (...ids: RuleId[]): readonly RuleId[] => ids;

/**
 * Marks rules that a service states although nobody can act under them yet: the entry that they are about is not open, or
 * a fact that they need is not kept. They count as open in `npm run law -- coverage`, whatever else states them.
 */
export const awaits = (...ids: RuleId[]): readonly RuleId[] => ids;
