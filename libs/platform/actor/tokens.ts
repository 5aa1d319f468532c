import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { unauthenticated } from '../errors/errors.ts';
import { type Actor, actorOf } from './actor.ts';
import { Claims } from './claims.ts';

export type TokenOptions = {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** Values of `acr` by which the issuer says that somebody signed in with a second factor. */
  twoFactors?: readonly string[];
  keys?: JWTVerifyGetKey;
};

/** Checks access tokens of one issuer: signature by its published keys, issuer, audience, time. */
export type Tokens = {
  /** The actor of an `Authorization` header; `null` without one; throws UNAUTHENTICATED for a bad token. */
  actorFrom(header: string | undefined): Promise<Actor | null>;
};

const algorithms = ['EdDSA', 'Ed25519', 'ES256', 'RS256', 'PS256'];
const remembered = 2_000;

export const createTokens = (options: TokenOptions): Tokens => {
  const keys = options.keys ?? createRemoteJWKSet(new URL(options.jwksUrl), { cacheMaxAge: 600_000 });
  const known = new Map<string, { actor: Actor; until: number }>();

  const verify = async (token: string): Promise<Actor> => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms,
        requiredClaims: ['exp', 'sub'],
      });
      const actor = actorOf(Claims.parse(payload), options.twoFactors);
      if (known.size >= remembered) known.clear();
      known.set(token, { actor, until: (payload.exp ?? 0) * 1000 });
      return actor;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthenticated('登录已过期。 The token has expired.');
      throw unauthenticated('登录凭证无效。 The token is not valid.');
    }
  };

  return {
    actorFrom: async (header) => {
      if (header === undefined || header === '') return null;
      const [scheme, token, ...rest] = header.split(' ');
      if (scheme?.toLowerCase() !== 'bearer' || !token || rest.length > 0) throw unauthenticated();
      const hit = known.get(token);
      if (hit !== undefined && hit.until > Date.now()) return hit.actor;
      known.delete(token);
      return verify(token);
    },
  };
};
