import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { AppError } from '#libs/platform/errors/errors.ts';

/** Items about a child's health: for tokens with the right to them alone. */
const healthItems: ReadonlySet<string> = new Set([
  'isDisabled',
  'disabilityType',
  'disabilityLevel',
  'placementMode',
]);

const mayReadHealth = (actor: Actor | null): boolean => actor?.scopes.has('student:health') ?? false;

/** The items that somebody may see. */
export const itemsFor = (items: readonly string[], actor: Actor | null): string[] =>
  mayReadHealth(actor) ? [...items] : items.filter((item) => !healthItems.has(item));

/** Findings without those that would tell of a disability to somebody without the right to health data. */
export const findingsFor = (findings: readonly Finding[], actor: Actor | null): Finding[] =>
  mayReadHealth(actor)
    ? [...findings]
    : findings.filter(({ path = [] }) => !path.some((step) => healthItems.has(step)));

/** Throws where somebody would propose or decide on health items without the right to see them. */
export const mustReadHealth = (items: readonly string[], actor: Actor): void => {
  if (itemsFor(items, actor).length === items.length) return;
  throw new AppError(
    'UNAUTHORIZED_FIELD_OR_TYPE',
    '登录凭证未获授权：student:health。 The token lacks this scope: student:health.',
  );
};
