import type { Actor } from '../actor/actor.ts';
import { AppError, outOfJurisdiction, unauthenticated } from '../errors/errors.ts';
import { type Action, hasStanding, isAssured, missingScopes } from './table.ts';

const scopesMissing = (scopes: readonly string[]): AppError =>
  new AppError(
    'OUT_OF_JURISDICTION',
    `登录凭证未获授权：${scopes.join(' ')}。 The token lacks these scopes: ${scopes.join(' ')}.`,
  );

const notAssured = (): AppError =>
  new AppError(
    'OUT_OF_JURISDICTION',
    '办理此事须以双因素方式登录。 Sign in with a second factor to do this.',
  );

/**
 * The actor, if there is one, the closed table grants the action and the token brings what it demands; throws
 * otherwise. Nothing is looked up, so a refusal tells of the caller's own token only.
 */
export const authorize = (actor: Actor | null, action: Action): Actor => {
  if (actor === null) throw unauthenticated();
  if (!hasStanding(actor, action)) throw outOfJurisdiction();
  const missing = missingScopes(actor, action);
  if (missing.length > 0) throw scopesMissing(missing);
  if (!isAssured(actor, action)) throw notAssured();
  return actor;
};
