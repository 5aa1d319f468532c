import { createHash } from 'node:crypto';
import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Role } from '#libs/platform/actor/claims.ts';
import type { GatewayContext } from '../context.ts';

/** What an operation reads: something of persons, or nothing of anybody. */
export type Reading = 'personal' | 'impersonal';

/** Roles in which everybody of one workplace sees the same of what is nobody's own. */
const ofTheWorkplace: ReadonlySet<Role> = new Set<Role>(['REGISTRAR', 'DECISION_MAKER', 'PRINCIPAL']);

/** Whoever has another role, or none, sees by what is noted of themselves: classes, children, grants. */
const seesAsWorkplace = ({ level, unit, school, roles }: Actor): boolean =>
  level !== 'NONE' &&
  (unit !== undefined || school !== undefined) &&
  roles.size > 0 &&
  [...roles].every((role) => ofTheWorkplace.has(role));

const asJson = (_: string, value: unknown): unknown => (value instanceof Set ? [...value].sort() : value);

/** All claims but the name decide; the subject where the reading is recorded for it, or rests on it. */
const claimsOf = (actor: Actor, reading: Reading): string => {
  const { name: _, subject, ...claims } = actor;
  const shared = reading === 'impersonal' && seesAsWorkplace(actor);
  const parts = Object.entries(claims).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([shared ? null : subject, parts], asJson);
};

const known: Record<Reading, WeakMap<Actor, string>> = { personal: new WeakMap(), impersonal: new WeakMap() };

const knownClaims = (actor: Actor, reading: Reading): string => {
  const claims = known[reading].get(actor) ?? claimsOf(actor, reading);
  known[reading].set(actor, claims);
  return claims;
};

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

const hashes = new Map<string, string>();
const mostHashes = 10_000;

const hashed = (text: string): string => {
  const found = hashes.get(text) ?? hash(text);
  if (hashes.size >= mostHashes) hashes.clear();
  hashes.set(text, found);
  return found;
};

/**
 * Equal for callers to whom the services answer an operation alike, and for nobody else: the claims of the token and the
 * grant named beside it. Who reads of persons is on record, with the purpose, so such readers share with themselves at
 * most. Tells nothing of the caller by itself.
 */
export const scopeKeyOf = (
  { actor, forwarded }: Pick<GatewayContext, 'actor' | 'forwarded'>,
  reading: Reading,
): string => {
  if (actor === null && reading === 'impersonal') return 'nobody';
  const claims = actor === null ? 'nobody' : knownClaims(actor, reading);
  const grant = forwarded['x-grant'] ?? '';
  const purpose = reading === 'personal' ? (forwarded['x-purpose'] ?? '') : '';
  return hashed(JSON.stringify([claims, grant, purpose]));
};
