import type { RuleId } from '#libs/law/rule-id.ts';

/** Title of a test that shows the lawful side of a rule: the operation goes through. */
export const holds = (rule: RuleId, sentence: string): string => `[${rule} holds] ${sentence}`;

/** Title of a test that shows the other side: the operation is refused, held, warned of or recorded. */
export const breaks = (rule: RuleId, sentence: string): string => `[${rule} breaks] ${sentence}`;
