import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createTokens, type Tokens } from '#libs/platform/actor/tokens.ts';

export const issuer = 'https://issuer.test';
export const audience = 'xueji';

export type Signer = {
  tokens: Tokens;
  /** An Authorization header for somebody with these scopes and roles. */
  bearer(claims?: { sub?: string; scope?: string; roles?: string[]; expiresIn?: string }): Promise<string>;
};

/** Signs tokens with a key made for the test, and checks them as the services do. */
export const createSigner = async (): Promise<Signer> => {
  const { publicKey, privateKey } = await generateKeyPair('Ed25519');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'EdDSA' }] });
  return {
    tokens: createTokens({ issuer, audience, jwksUrl: `${issuer}/jwks`, keys }),
    bearer: async ({ sub = 'someone', scope = '', roles = [], expiresIn = '5m' } = {}) => {
      const token = new SignJWT({ name: 'Someone', level: 'COUNTY', unit: '410503', roles, scope });
      return `Bearer ${await token
        .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(sub)
        .setIssuedAt()
        .setExpirationTime(expiresIn)
        .sign(privateKey)}`;
    },
  };
};
